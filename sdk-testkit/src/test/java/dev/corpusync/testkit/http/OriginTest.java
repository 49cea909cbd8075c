package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  private static FakeReply redirect(int status, String to) {
    return FakeReply.status(status).header("Location", to);
  }

  @Test
  void a_link_to_another_origin_is_refused_and_nothing_is_sent() {
    try (Fixture f = Fixture.answering(Fixture.ONE);
        FakeServer other = FakeServer.serving(request -> Optional.of(Fixture.ONE))) {
      assertThatThrownBy(() -> f.api.send(Call.follow(other.url() + "/issues?page=2")))
          .isInstanceOf(RequestRefusedException.class)
          .hasMessageContaining("GET (a link)")
          .hasMessageContaining("127.0.0.1");
      assertThat(other.count()).isZero();
      assertThat(f.server.count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:PORT/x",
        "http://localhost:PORT/x",
        "http://127.0.0.1.evil.example:PORT/x",
        "http://127.0.0.1:PORT@evil.example/x",
        "http://evil.example#@127.0.0.1:PORT/x",
        "http://evil.example\\@127.0.0.1:PORT/x",
        "http:///evil.example/x",
        "//evil.example/x",
        "http://evil_example/x"
      })
  void a_link_that_only_looks_like_the_origin_is_refused(String link) {
    AtomicInteger asked = new AtomicInteger();
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api =
          f.clients.open(
              Fixture.KEY,
              f.server.url(),
              AuthScheme.bearer()
                  .authorizer(
                      () -> {
                        asked.incrementAndGet();
                        return Secret.of(Fixture.SECRET);
                      }));
      String address = link.replace("PORT", Integer.toString(f.server.url().getPort()));
      assertThatThrownBy(() -> api.send(Call.follow(address)))
          .isInstanceOf(RequestRefusedException.class);
      assertThat(f.server.count()).isZero();
      assertThat(asked).as("the secret is not even asked for").hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http:evil.example/x", ".evil.example/x", "@evil.example/x", ":80@evil.example/x"})
  void a_link_without_a_host_cannot_become_one_by_being_appended(String link) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.api.send(Call.follow(link));
      assertThat(f.server.exchanges().get(0).path()).endsWith("evil.example/x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil_example/x", "http:///x"})
  void two_hosts_that_the_jdk_cannot_read_are_not_the_same_origin(String link) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      Api api = f.open(Fixture.KEY, URI.create("http://my_host:1"), Fixture.SECRET);
      assertThatThrownBy(() -> api.send(Call.follow(link)))
          .isInstanceOf(RequestRefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://api.example", "http:opaque", "api.example", "http://u:pw@api.example"})
  void a_base_url_without_a_plain_http_origin_is_refused_without_being_quoted(String base) {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      assertThatThrownBy(() -> f.open(Fixture.KEY, URI.create(base), Fixture.SECRET))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageNotContaining("pw@")
          .hasMessageNotContaining(base);
    }
  }

  @Test
  void a_link_of_the_own_origin_is_used_as_it_was_given() {
    List<FakeRequest> seen = new ArrayList<>();
    try (Fixture f =
        Fixture.of(
            request -> {
              seen.add(request);
              return Optional.of(Fixture.ONE);
            })) {
      f.api.send(Call.follow(f.server.url() + "/elsewhere/9?cursor=a%2Bb%3D%3D&x[1]=y&z=1|2"));
    }
    assertThat(seen.get(0).path()).isEqualTo("/elsewhere/9");
    assertThat(seen.get(0).query("cursor")).contains("a+b==");
    assertThat(seen.get(0).query("x[1]")).contains("y");
    assertThat(seen.get(0).query("z")).contains("1|2");
    assertThat(seen.get(0).header("authorization")).contains("Bearer " + Fixture.SECRET);
  }

  @Test
  void a_scheme_in_capitals_is_the_same_origin() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.api.send(Call.follow(f.server.url().toString().replace("http", "HTTP") + "/issues"));
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void a_trailing_slash_of_the_base_url_is_not_doubled() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.open(Fixture.KEY, URI.create(f.server.url() + "/api/"), Fixture.SECRET)
          .send(Call.get("/issues"));
      assertThat(f.server.exchanges().get(0).path()).isEqualTo("/api/issues");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_within_the_origin_is_followed_with_its_credentials(int status) {
    try (Fixture f = Fixture.answering(redirect(status, "/moved?page=1"), Fixture.ONE)) {
      assertThat(f.api.send(Call.get("/issues")).status()).isEqualTo(200);
      assertThat(f.server.exchanges().get(1).path()).isEqualTo("/moved");
      assertThat(f.server.exchanges().get(1).authorized()).isTrue();
    }
  }

  @Test
  void a_redirect_to_another_origin_is_refused_and_the_header_is_not_sent() {
    try (FakeServer other = FakeServer.serving(request -> Optional.of(Fixture.ONE));
        Fixture f = Fixture.answering(redirect(302, other.url() + "/login"))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues")))
          .isInstanceOf(RequestRefusedException.class)
          .hasMessageContaining("GET /issues");
      assertThat(other.count()).isZero();
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void a_post_is_not_redirected() {
    try (Fixture f = Fixture.answering(redirect(307, "/moved"), Fixture.ONE)) {
      assertThatThrownBy(
              () -> f.api.send(Call.graphql("/graphql", "{viewer{id}}", java.util.Map.of())))
          .isInstanceOf(RequestRefusedException.class);
      assertThat(f.server.count()).isOne();
    }
  }

  @Test
  void a_redirect_loop_ends_after_five() {
    try (Fixture f = Fixture.answering(redirect(302, "/again"))) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues")))
          .isInstanceOf(RequestRefusedException.class);
      assertThat(f.server.count()).isEqualTo(6);
    }
  }

  @Test
  void a_redirect_to_a_login_page_is_no_empty_page() {
    FakeReply login = FakeReply.bytes(200, "text/html", "<html>".getBytes());
    try (Fixture f = Fixture.answering(redirect(302, "/login"), login)) {
      assertThatThrownBy(() -> f.api.send(Call.get("/issues")))
          .isInstanceOf(MalformedReplyException.class);
    }
  }
}
