package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.profile.Profile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clients with one store, against a server that ends the whole family at the first reuse of a
 * refresh token: after a thousand renewals (200 in the quick profile) the account is still
 * connected.
 */
class ThousandRenewalsTest {
  private static final int RENEWALS = Profile.current().choose(200, 1_000, 1_000);
  private static final int THREADS = 2;
  private static final Secret SESSION = Secret.of("session");

  @Test
  void none_is_lost() throws Exception {
    Secrets shared = MemoryStore.open().secrets();
    try (FakeAuthServer server = FakeAuthServer.start(Time.system());
        Renewer one = new Renewer(shared, server.url());
        Renewer two = new Renewer(shared, server.url())) {
      connect(server, one.client());
      while (server.renewals() < RENEWALS) {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> run(two));
        run(one);
        other.join();
      }
      assertThat(server.reuses()).as("old refresh tokens sent").isZero();
      assertThat(server.live()).as("consents that still count").isEqualTo(1);
      assertThat(
              two.client()
                  .keeper(Renewer.KEY, Map.of())
                  .renew(one.client().keeper(Renewer.KEY, Map.of()).authorize()))
          .as("one more renewal")
          .isTrue();
      System.out.println("renewals by two clients: " + server.renewals() + ", none lost");
    }
  }

  @Test
  void none_is_lost_by_two_processes_with_one_file(@TempDir Path folder) throws Exception {
    noneIsLostByTwoProcesses(folder.resolve("corpus.db").toString());
  }

  @Test
  void none_is_lost_by_two_processes_with_one_postgresql() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      noneIsLostByTwoProcesses(server.getJdbcUrl("postgres", "postgres"));
    }
  }

  private static void noneIsLostByTwoProcesses(String database) throws Exception {
    try (FakeAuthServer server = FakeAuthServer.start(Time.system());
        Store store = Renewer.store(database);
        Renewer here = new Renewer(store.secrets(), server.url())) {
      connect(server, here.client());
      Process child = child(database, server.url(), RENEWALS / 4);
      try {
        while (child.isAlive() || server.renewals() < RENEWALS) {
          run(here);
        }
      } finally {
        child.destroyForcibly();
      }
      assertThat(child.waitFor()).as("how the other process ended").isZero();
      assertThat(server.reuses()).as("old refresh tokens sent").isZero();
      assertThat(server.live()).as("consents that still count").isEqualTo(1);
      System.out.println(
          "renewals by two processes: "
              + server.renewals()
              + ", none lost, "
              + (database.startsWith("jdbc:") ? "on PostgreSQL" : "in one file"));
    }
  }

  private static Process child(String database, URI server, int times) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Renewer.class.getName(),
            database,
            server.toString(),
            Integer.toString(times))
        .inheritIO()
        .start();
  }

  private static void run(Renewer renewer) {
    try {
      renewer.run(THREADS, 50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a renewal failed", e);
    }
  }

  static void connect(FakeAuthServer server, OAuthClient client) {
    URI place = client.begin(Renewer.KEY, Map.of(), Renewer.REDIRECT, SESSION);
    client.complete(server.visit(place), SESSION);
  }
}
