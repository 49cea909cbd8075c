package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.examples.crm.Crm;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.auth.FakeAuthServer;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.World;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Access tokens of one hour, refresh tokens that are rotated at each renewal, and runs that take
 * longer.
 */
class HourTokenTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "crm");
  private static final URI BACK = URI.create("http://127.0.0.1:9/back");
  private static final KeyProvider KEYS = KeyProvider.development();
  private static final Duration HOUR = Duration.ofHours(1);
  private final VirtualTime time = new VirtualTime();
  private final World world = new World(11, CrmContract.WIRE.types(), 12);
  private final FakeAuthServer login = FakeAuthServer.start(time).life("\"expires_in\":3600", HOUR);
  private final FakeServer api =
      FakeServer.serving(
          login.guarding(
              CrmContract.over(Wire.letting((request, secret) -> true))
                  .serve(world, new Quirks(2), "unused")));
  private final HttpClients http = clients();
  private final Store store = MemoryStore.open();

  @BeforeEach
  void connect() {
    OAuthClient client = client();
    Secret session = Secret.of("session");
    client.complete(login.visit(client.begin(KEY, Map.of(), BACK, session)), session);
  }

  @AfterEach
  void close() {
    store.close();
    http.close();
    api.close();
    login.close();
  }

  /** The tokens as another process reads them. */
  private OAuthClient client() {
    OAuth2 scheme = Crm.login(login.authorizationEndpoint(), login.tokenEndpoint());
    Registration registration =
        Registration.of(FakeAuthServer.CLIENT_ID)
            .secret(() -> Secret.of(FakeAuthServer.CLIENT_SECRET))
            .redirects(BACK);
    return OAuthClient.builder(
            scheme, registration, Vault.of(store.secrets(), KEYS), http.tokenEndpoint())
        .time(time)
        .random(new Random(7))
        .build();
  }

  private HttpClients clients() {
    return HttpClients.builder().time(time).random(new Random(5)).retries(1).build();
  }

  private Run sync() {
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(new Crm())
            .apis(clients())
            .vault(KEYS)
            .time(time)
            .random(new Random(5))
            .parallelism(1)
            .prefetch(false)
            .yieldAfter(Duration.ofDays(1))
            .build()) {
      engine.connect(
          KEY,
          "crm",
          Map.of("base_url", api.url().toString(), "company", "acme"),
          client().keeper(KEY, Map.of()));
      return engine.sync(KEY);
    }
  }

  private int stored() {
    return store.corpus().documentsAfter(KEY, Optional.empty(), 500).size();
  }

  @Test
  void a_run_that_outlives_its_token_continues_with_a_renewed_one() {
    // Every second response comes twenty minutes after the previous one.
    api.before(number -> time.advance(Duration.ofMinutes(number % 2 == 0 ? 20 : 0)));
    Run run = sync();

    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(stored()).isEqualTo(world.visible("deal").size());
    assertThat(login.renewals()).as("renewals in one run").isGreaterThanOrEqualTo(2);
    assertThat(login.reuses()).as("refresh tokens used twice").isZero();
    List<String> answered =
        api.exchanges().stream().filter(e -> e.status() == 200).map(HourTokenTest::asked).toList();
    assertThat(answered)
        .as("what was read, each once")
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(12);
  }

  @Test
  void a_token_that_expires_early_is_renewed_and_the_request_repeated() {
    api.before(number -> endAccessAt(number == 5));
    Run run = sync();

    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(api.exchanges().stream().filter(e -> e.status() == 401)).hasSize(1);
    assertThat(login.renewals()).isEqualTo(1);
    assertThat(stored()).isEqualTo(world.visible("deal").size());
  }

  private void endAccessAt(boolean now) {
    if (now) {
      login.endAccess();
    }
  }

  @Test
  void weeks_later_another_process_renews_with_the_last_refresh_token() {
    sync();
    for (int week = 1; week <= 3; week++) {
      time.advance(Duration.ofDays(7));
      Run run = sync();
      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(login.renewals()).isEqualTo(week);
    }
    assertThat(login.reuses()).isZero();
  }

  @Test
  void a_revoked_consent_stops_the_run_and_deletes_nothing() {
    sync();
    int before = stored();
    login.endAll();
    time.advance(HOUR);
    Run run = sync();

    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    assertThat(run.counts().deleted()).isZero();
    assertThat(stored()).isEqualTo(before);
  }

  private static String asked(Exchange exchange) {
    return exchange.path() + " " + exchange.query();
  }
}
