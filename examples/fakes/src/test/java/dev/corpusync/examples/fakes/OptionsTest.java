package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.OptionQuery;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.examples.github.GitHub;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The options of a setting, fetched page by page before there is a connection. */
class OptionsTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "new");
  private static final OptionQuery REPOSITORIES = OptionQuery.of("repositories");
  private final Store store = MemoryStore.open();
  private final VirtualTime time = new VirtualTime();
  private final FakeServer server =
      FakeServer.serving(
          request ->
              !request.path().equals("/user/repos")
                  ? Optional.empty()
                  : !request.header("authorization").equals(Optional.of("Bearer t0ken"))
                      ? Optional.of(FakeReply.status(401))
                      : Optional.of(page(request.query("page").orElse("1"))));
  private final Corpusync engine =
      Corpusync.builder(store)
          .connector(new GitHub())
          .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
          .time(time)
          .build();

  private FakeReply page(String number) {
    FakeReply page = FakeReply.json("[{\"full_name\":\"acme/r" + number + "\",\"id\":1}]");
    return number.equals("1")
        ? page.header("Link", "<" + serverUrl() + "/user/repos?per_page=100&page=2>; rel=\"next\"")
        : page;
  }

  private String serverUrl() {
    return server.url().toString();
  }

  @AfterEach
  void close() {
    engine.close();
    server.close();
    store.close();
  }

  @Test
  void are_fetched_page_by_page_on_demand() {
    OptionPage first = options("t0ken", REPOSITORIES);
    assertThat(server.count()).isEqualTo(1);
    assertThat(first.options()).containsExactly(Option.of("acme/r1"));

    OptionPage second = options("t0ken", REPOSITORIES.page(first.next().orElseThrow()));
    assertThat(second).isEqualTo(new OptionPage(List.of(Option.of("acme/r2")), Optional.empty()));
    assertThat(server.count()).isEqualTo(2);
    assertThat(store.connections().find(KEY)).isEmpty();
  }

  @Test
  void are_refused_with_the_reason() {
    assertThatThrownBy(() -> options("wrong", REPOSITORIES))
        .isInstanceOf(CredentialsRejectedException.class)
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> options("t0ken", OptionQuery.of("private_repositories")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("private_repositories", "github");
    assertThatThrownBy(() -> options("t0ken", REPOSITORIES.search("ket")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("cannot be searched");
    assertThat(server.count()).isEqualTo(1);
  }

  @Test
  void a_next_page_at_another_origin_is_not_requested() {
    assertThatThrownBy(() -> options("t0ken", REPOSITORIES.page("https://evil.example/repos")))
        .isInstanceOf(RemoteException.class);
    assertThat(server.count()).isZero();
  }

  private OptionPage options(String secret, OptionQuery query) {
    return engine.options(
        KEY, "github", Map.of("base_url", serverUrl()), () -> Secret.of(secret), query);
  }
}
