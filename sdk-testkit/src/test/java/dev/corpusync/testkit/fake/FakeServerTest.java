package dev.corpusync.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With the JDK's client, so that no two defects of the SDK can hide each other. */
class FakeServerTest {
  private static final FakeReply PAGE = FakeReply.json("[{\"id\":1},{\"id\":2}]");
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<FakeRequest> seen = new ArrayList<>();

  private FakeServer server() {
    return FakeServer.serving(
        request -> {
          seen.add(request);
          return request.path().startsWith("/items") ? Optional.of(PAGE) : Optional.empty();
        });
  }

  private HttpResponse<String> get(FakeServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create(server.url() + path);
    return client.send(
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer x").build(),
        BodyHandlers.ofString());
  }

  @Test
  void a_handler_sees_method_path_query_headers_and_body() throws Exception {
    try (FakeServer server = server()) {
      client.send(
          HttpRequest.newBuilder(URI.create(server.url() + "/items/a%2Fb?x=1&x=2&y=%26&z"))
              .header("X-One", "1")
              .POST(BodyPublishers.ofString("{\"q\":\"ü\"}"))
              .build(),
          BodyHandlers.discarding());
    }
    FakeRequest request = seen.get(0);
    assertThat(request.number()).isOne();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/items/a%2Fb");
    assertThat(request.query().get("x")).containsExactly("1", "2");
    assertThat(request.query("y")).contains("&");
    assertThat(request.query("z")).contains("");
    assertThat(request.query("none")).isEmpty();
    assertThat(request.header("X-ONE")).contains("1");
    assertThat(request.text()).isEqualTo("{\"q\":\"ü\"}");
  }

  @Test
  void each_exchange_is_remembered_without_a_secret() throws Exception {
    try (FakeServer server = server()) {
      get(server, "/items?token=private");
      Exchange exchange = server.exchanges().get(0);
      assertThat(exchange.authorized()).isTrue();
      assertThat(exchange.toString()).isEqualTo("#1 GET /items ?token -> 200");
      assertThat(server.count()).isOne();
    }
  }

  @Test
  void an_unknown_route_answers_404_and_is_remembered() throws Exception {
    try (FakeServer server = server()) {
      assertThat(get(server, "/typo").statusCode()).isEqualTo(404);
      assertThat(server.unmatched()).containsExactly("GET /typo");
    }
  }

  @Test
  void a_fault_strikes_its_exchange_and_no_other() throws Exception {
    try (FakeServer server = server()) {
      server.fault(2, Fault.status(503));
      assertThat(get(server, "/items").statusCode()).isEqualTo(200);
      assertThat(get(server, "/items").statusCode()).isEqualTo(503);
      assertThat(get(server, "/items").statusCode()).isEqualTo(200);
      assertThat(server.exchanges())
          .extracting(Exchange::fault)
          .containsExactly("", "answers 503", "");
    }
  }

  @Test
  void a_fault_of_a_path_counts_that_path_only() throws Exception {
    try (FakeServer server = server()) {
      server.fault("/items/b", 2, Fault.status(500));
      assertThat(get(server, "/items/a").statusCode()).isEqualTo(200);
      assertThat(get(server, "/items/b").statusCode()).isEqualTo(200);
      assertThat(get(server, "/items/a").statusCode()).isEqualTo(200);
      assertThat(get(server, "/items/b").statusCode()).isEqualTo(500);
      assertThat(get(server, "/items/b").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_fault_that_is_there_to_stay_goes_when_healed() throws Exception {
    try (FakeServer server = server()) {
      server.faultAlways(Fault.status(500));
      assertThat(get(server, "/items").statusCode()).isEqualTo(500);
      assertThat(get(server, "/items").statusCode()).isEqualTo(500);
      server.heal();
      assertThat(get(server, "/items").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_cut_body_and_a_reset_are_errors_for_a_client() {
    try (FakeServer server = server()) {
      server.fault(1, Fault.truncated());
      assertThatThrownBy(() -> get(server, "/items")).isInstanceOf(IOException.class);
      server.faultAlways(Fault.reset());
      assertThatThrownBy(() -> get(server, "/items")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void html_malformed_and_huge_answers_are_what_they_say() throws Exception {
    try (FakeServer server = server()) {
      server
          .fault(1, Fault.html())
          .fault(2, Fault.malformedJson())
          .fault(3, Fault.hugeBody(300_001));
      HttpResponse<String> html = get(server, "/items");
      assertThat(html.statusCode()).isEqualTo(200);
      assertThat(html.body()).startsWith("<!DOCTYPE html>");
      assertThat(get(server, "/items").body()).isEqualTo("[{\"id\":1}");
      assertThat(get(server, "/items").body()).hasSize(300_001);
    }
  }

  @Test
  void hooks_stand_before_and_after_the_work_of_the_api() throws Exception {
    List<String> order = new ArrayList<>();
    FakeApi api =
        request -> {
          order.add("work " + request.number());
          return Optional.of(PAGE);
        };
    try (FakeServer server = FakeServer.serving(api)) {
      server.before(n -> order.add("before " + n)).after(n -> order.add("after " + n));
      get(server, "/items");
      get(server, "/items");
    }
    assertThat(order)
        .containsExactly("before 1", "work 1", "after 1", "before 2", "work 2", "after 2");
  }
}
