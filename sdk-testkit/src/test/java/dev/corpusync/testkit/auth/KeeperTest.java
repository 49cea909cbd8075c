package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.store.Secrets;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the TokenKeeper of this SDK does beyond the common rules. */
class KeeperTest {
  private static final Call CALL = Call.get("/things");
  private final Secrets secrets = MemoryStore.open().secrets();
  private AuthFixture trial;

  @BeforeEach
  void connect() {
    trial = new AuthFixture(AuthSubject.corpusync(), secrets, new VirtualTime()).connected();
  }

  @AfterEach
  void close() {
    trial.close();
  }

  private TokenKeeper keeper(AuthProcess process) {
    return process.client().keeper(process.key(), Map.of());
  }

  /** Calls this before each call of a method of the store. */
  private Secrets with(String method, Runnable before) {
    return (Secrets)
        Proxy.newProxyInstance(
            Secrets.class.getClassLoader(),
            new Class<?>[] {Secrets.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                before.run();
              }
              try {
                return called.invoke(secrets, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void a_token_that_is_still_good_outlives_an_outage_of_its_server() {
    Api api = trial.open();
    trial.server().refuseNext(1_000, FakeReply.status(503));
    trial.clock().advance(Duration.ofMinutes(58).plusSeconds(30));
    int before = trial.server().tokenPosts();
    for (int i = 0; i < 20; i++) {
      api.send(CALL);
    }
    assertThat(trial.server().tokenPosts() - before)
        .as("tries within half a minute, whatever the requests")
        .isEqualTo(3);
    trial.server().refuseNext(0, FakeReply.status(503));
    trial.clock().advance(Duration.ofSeconds(31));
    api.send(CALL);
    assertThat(trial.server().renewals()).isEqualTo(1);
  }

  @Test
  void nobody_waits_for_a_renewal_ahead_that_another_process_is_at() {
    TokenKeeper keeper = keeper(trial.process());
    String before = bearer(keeper.authorize());
    trial.clock().advance(Duration.ofMinutes(59));
    trial
        .server()
        .beforeNext(
            () -> assertThat(bearer(keeper(trial.process()).authorize())).isEqualTo(before));
    assertThat(bearer(keeper.authorize())).isNotEqualTo(before);
    assertThat(trial.server().renewals()).isEqualTo(1);
    assertThat(trial.clock().sleeps()).isEmpty();
  }

  @Test
  void sealing_with_another_key_meanwhile_loses_no_token() {
    AtomicInteger newest = new AtomicInteger(1);
    AuthProcess process = trial.process();
    KeyProvider rotating = rotating(newest, "k");
    trial
        .server()
        .beforeNext(
            () -> {
              newest.set(2);
              assertThat(Vault.of(secrets, rotating).reseal(10)).isPositive();
            });
    TokenKeeper keeper = keeper(withKeys(process, rotating));
    for (int i = 0; i < 3; i++) {
      assertThat(keeper.renew(keeper.authorize())).isTrue();
    }
    assertThat(trial.server().reuses()).isZero();
  }

  private AuthProcess withKeys(AuthProcess process, KeyProvider keys) {
    return new AuthProcess(
        process.key(),
        process.scheme(),
        process.registration(),
        secrets,
        keys,
        process.endpoint(),
        process.apis(),
        process.api(),
        process.time(),
        process.random());
  }

  /** Keys of which only those are there that begin like this. */
  private static KeyProvider rotating(AtomicInteger newest, String there) {
    return new KeyProvider() {
      @Override
      public SealingKey current() {
        return find("k" + newest.get()).orElseThrow();
      }

      @Override
      public Optional<SealingKey> find(String id) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) (id.equals("k2") ? 2 : 0);
        return Optional.of(SealingKey.of(id, bytes)).filter(k -> id.startsWith(there));
      }
    };
  }

  @Test
  void what_the_store_could_not_write_is_written_before_anything_else() {
    AtomicInteger failures = new AtomicInteger();
    Secrets failing =
        with(
            "replace",
            () -> {
              if (failures.getAndDecrement() > 0) {
                throw new StoreException("the disk is full");
              }
            });
    AuthProcess process = trial.process(failing, endpoint -> endpoint);
    TokenKeeper keeper = keeper(process);
    Authorization first = keeper.authorize();
    failures.set(2);
    assertThat(keeper.renew(first)).as("two failures are overcome at once").isTrue();
    failures.set(3);
    Authorization second = keeper.authorize();
    assertThatThrownBy(() -> keeper.renew(second)).isInstanceOf(StoreException.class);
    failures.set(0);
    assertThat(bearer(keeper.authorize())).isNotEqualTo(bearer(second));
    assertThat(keeper.renew(keeper.authorize())).isTrue();
    assertThat(trial.server().reuses()).isZero();
    assertThat(trial.server().live()).isEqualTo(1);
  }

  @Test
  void an_interrupt_loses_no_token() {
    TokenKeeper keeper = keeper(trial.process());
    Authorization refused = keeper.authorize();
    trial.server().beforeNext(Thread.currentThread()::interrupt);
    Throwable e = catchThrowable(() -> keeper.renew(refused));
    assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
    assertThat(e).isNull();
    assertThat(keeper(trial.process()).renew(keeper(trial.process()).authorize())).isTrue();
    assertThat(trial.server().reuses()).isZero();
  }

  @Test
  void who_waited_for_a_renewal_that_failed_does_not_ask_again() throws Exception {
    int threads = 8;
    CountDownLatch waiting = new CountDownLatch(threads - 1);
    AtomicInteger asked = new AtomicInteger();
    TokenEndpoint down =
        (place, headers, form) -> {
          asked.incrementAndGet();
          try {
            assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("no route");
        };
    TokenKeeper keeper = keeper(trial.process(secrets, endpoint -> down));
    Authorization refused = keeper.authorize();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      all.add(pool.submit(() -> keeper.renew(refused)));
      while (asked.get() == 0) {
        Thread.onSpinWait();
      }
      for (int i = 1; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  waiting.countDown();
                  return keeper.renew(refused);
                }));
      }
      for (Future<?> one : all) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(UnavailableException.class);
      }
    } finally {
      pool.shutdownNow();
    }
    // Who came too late to wait asks for itself.
    assertThat(asked.get()).as("requests").isLessThan(3 * threads);
  }

  @Test
  void the_newest_consent_wins_over_a_renewal_of_the_last_one() {
    TokenKeeper keeper = keeper(trial.process());
    Authorization refused = keeper.authorize();
    AuthProcess process = trial.process();
    URI back =
        trial
            .server()
            .visit(
                process
                    .client()
                    .begin(process.key(), Map.of(), AuthFixture.REDIRECT, AuthFixture.SESSION));
    trial.server().beforeNext(() -> directProcess().client().complete(back, AuthFixture.SESSION));
    assertThat(keeper.renew(refused)).isTrue();
    assertThat(keeper.renew(keeper.authorize())).isTrue();
    trial.server().endAccess();
    trial.open().send(CALL);
  }

  private AuthProcess directProcess() {
    return trial.process(secrets, endpoint -> trial.server().direct());
  }

  @Test
  void who_is_not_connected_is_told_to_connect() {
    AuthProcess process = trial.process();
    TokenKeeper keeper = process.client().keeper(new ConnectionKey("acme", "other"), Map.of());
    assertThatThrownBy(keeper::authorize)
        .isInstanceOf(CredentialsRejectedException.class)
        .hasMessageContaining("acme/other")
        .hasMessageContaining("Connect it");
    assertThat(trial.server().renewals()).isZero();
  }

  @Test
  void connecting_again_heals_what_a_lost_key_has_locked() {
    AuthProcess process = withKeys(trial.process(), rotating(new AtomicInteger(2), "k2"));
    assertThatThrownBy(() -> keeper(process).authorize())
        .isInstanceOf(SecretUnreadableException.class);
    trial.connect(process);
    assertThat(keeper(process).renew(keeper(process).authorize())).isTrue();
  }

  @Test
  void the_way_back_from_one_provider_is_not_taken_for_that_of_another() {
    AuthProcess process = trial.process();
    URI back =
        trial
            .server()
            .visit(
                process
                    .client()
                    .begin(process.key(), Map.of(), AuthFixture.REDIRECT, AuthFixture.SESSION));
    List<String> asked = new ArrayList<>();
    OAuthClient another =
        OAuthClient.builder(
                OAuth2.authorizationCode("https://evil.example/a", "https://evil.example/t")
                    .build(),
                process.registration(),
                process.vault(),
                (place, headers, form) -> {
                  asked.add(place.toString());
                  throw new IOException("no route");
                })
            .time(process.time())
            .build();
    assertThatThrownBy(() -> another.complete(back, AuthFixture.SESSION))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(AuthorizationFailedException.Reason.ELSEWHERE));
    assertThat(asked).isEmpty();
    process.client().complete(back, AuthFixture.SESSION);
  }

  @Test
  void no_failure_prints_a_token() {
    List<Throwable> all = new ArrayList<>();
    for (Fault fault : List.of(Fault.reset(), Fault.html(), Fault.truncated(), Fault.status(500))) {
      trial.connect(trial.process());
      TokenKeeper keeper = keeper(trial.process());
      Authorization refused = keeper.authorize();
      assertThat(keeper + " " + refused).doesNotContain("access-", "refresh-");
      trial.server().loseNext(fault);
      Throwable e = catchThrowable(() -> keeper.renew(refused));
      if (e != null) {
        all.add(e);
      }
    }
    assertThat(all).isNotEmpty();
    for (Throwable e : all) {
      StringWriter out = new StringWriter();
      e.printStackTrace(new PrintWriter(out));
      assertThat(out.toString())
          .doesNotContain("access-", "refresh-", FakeAuthServer.CLIENT_SECRET);
    }
  }

  private static String bearer(Authorization authorization) {
    return authorization.headers().get("Authorization").reveal();
  }
}
