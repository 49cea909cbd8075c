package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.Health;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.DisconnectUnfinishedException;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.error.WrongSiteException;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A connection's life: connected, verified, reconfigured, paused and disconnected. */
class LifecycleTest extends ConnectionRig {
  @Test
  void a_new_connection_says_who_it_is_and_waits_for_its_first_sync() {
    try (Corpusync engine = engine()) {
      Connection made = connect(engine);

      assertThat(made.state()).isEqualTo(Connection.State.ACTIVE);
      assertThat(made.account().orElseThrow().name()).isEqualTo("Ada");
      assertThat(engine.connectionsOf("rooms", "hook-u1")).containsExactly(made);
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.NEVER_SYNCED);
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.CONNECTED);
    }
  }

  @Test
  void what_cannot_be_connected_leaves_nothing_and_says_what_to_do() {
    Map<Fault, Class<? extends Exception>> refusals =
        Map.of(
            Fault.status(401), CredentialsRejectedException.class,
            Fault.status(403), AccessDeniedException.class,
            Fault.status(404), WrongSiteException.class,
            Fault.html(), WrongSiteException.class,
            Fault.status(500), UnavailableException.class,
            Fault.reset(), UnavailableException.class);
    refusals.forEach(
        (fault, type) -> {
          try (Corpusync engine = engine()) {
            server.faultAlways(fault);
            assertThatThrownBy(() -> connect(engine))
                .as(fault.toString())
                .isInstanceOf(type)
                .hasMessageNotContaining("s3cret");
            server.heal();
          }
          assertThat(store.connections().list("acme")).as(fault.toString()).isEmpty();
          assertThat(isSecretKept()).as(fault.toString()).isFalse();
        });
  }

  @Test
  void a_scope_that_is_missing_is_named() {
    answers.put("/me", "{\"id\":\"u1\",\"name\":\"Ada\",\"site\":\"acme\",\"scopes\":[\"chat\"]}");
    try (Corpusync engine = engine()) {
      assertThatThrownBy(() -> connect(engine))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("[read]");
      assertThat(store.connections().list("acme")).isEmpty();
    }
  }

  @Test
  void a_key_that_is_revoked_and_answered_with_the_anonymous_view_deletes_nothing() {
    try (Corpusync engine = engine()) {
      connect(engine);
      engine.sync(KEY);
      Set<String> before = documents();
      answers.put("/me", "{\"id\":\"anonymous\",\"name\":\"\",\"site\":\"acme\",\"scopes\":[]}");
      answers.replaceAll(
          (path, body) -> path.endsWith("notes") ? "{\"data\":[],\"next\":null}" : body);

      for (Run run : List.of(engine.sync(KEY), engine.resync(KEY))) {
        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.counts().requests()).as("only who we are was asked").isLessThanOrEqualTo(1);
      }
      assertThat(documents()).isEqualTo(before).isNotEmpty();
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.NEEDS_AUTHORISATION);
      assertThat(engine.health(KEY).reason()).contains("sign in again");
    }
  }

  @Test
  void health_is_what_the_last_run_found() {
    Map<Fault, Health.Status> found =
        Map.of(
            Fault.status(401), Health.Status.NEEDS_AUTHORISATION,
            Fault.status(403), Health.Status.NEEDS_PERMISSION,
            Fault.html(), Health.Status.WRONG_SITE,
            Fault.status(503), Health.Status.UNREACHABLE);
    try (Corpusync engine = engine()) {
      connect(engine);
      found.forEach(
          (fault, status) -> {
            server.faultAlways(fault);
            engine.sync(KEY);
            assertThat(engine.health(KEY).status()).as(fault.toString()).isEqualTo(status);
            assertThat(engine.health(KEY).reason()).isNotBlank();
            server.heal();
            time.advance(Duration.ofMinutes(1));
            engine.sync(KEY);
            assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.CONNECTED);
            time.advance(Duration.ofMinutes(1));
          });
    }
  }

  @Test
  void other_credentials_must_be_the_same_account() {
    try (Corpusync engine = engine()) {
      connect(engine);
      engine.sync(KEY);
      Connection before = store.connections().find(KEY).orElseThrow();
      answers.put(
          "/me", "{\"id\":\"u2\",\"name\":\"Eve\",\"site\":\"acme\",\"scopes\":[\"read\"]}");
      assertThatThrownBy(() -> engine.reconnect(KEY, Secret.of("eves")))
          .isInstanceOf(CredentialsRejectedException.class)
          .hasMessageContaining("another account")
          .hasMessageNotContaining("Eve");
      assertThat(store.connections().find(KEY)).contains(before);

      answers.put(
          "/me", "{\"id\":\"u1\",\"name\":\"Ada L.\",\"site\":\"acme\",\"scopes\":[\"read\"]}");
      assertThat(engine.reconnect(KEY, Secret.of("adas-new")).account().orElseThrow().name())
          .isEqualTo("Ada L.");
      assertThat(engine.sync(KEY).counts().stored()).as("stored again").isZero();
    }
  }

  @Test
  void a_run_with_the_old_credentials_is_fenced_off() {
    try (Corpusync engine = engine()) {
      connect(engine);
      var fence =
          store.leases().tryAcquire(KEY, time.now(), time.now().plusSeconds(60)).orElseThrow();
      engine.reconnect(KEY, SECRET);
      assertThat(store.leases().renew(fence, time.now().plusSeconds(120))).isFalse();
      assertThatThrownBy(() -> store.commit(Commit.under(fence, "run").build()))
          .isInstanceOf(LeaseLostException.class);
    }
  }

  @Test
  void other_settings_read_exactly_the_new_scope_and_delete_exactly_the_old() {
    try (Corpusync engine = engine()) {
      connect(engine);
      engine.sync(KEY);
      assertThat(documents()).containsExactly("a1", "a2", "b1", "b2", "o1", "o2");

      engine.reconfigure(KEY, settings("b,c", "old"));
      assertThat(inFull(() -> engine.sync(KEY))).containsExactly("/rooms/c/notes");
      assertThat(documents()).containsExactly("b1", "b2", "c1", "c2", "o1", "o2");

      engine.reconfigure(KEY, settings("b,c", "new"));
      assertThat(inFull(() -> engine.sync(KEY))).containsExactly("/news/new");
      assertThat(documents()).containsExactly("b1", "b2", "c1", "c2", "n1");
      assertThat(engine.heldDeletions(KEY)).isEmpty();
    }
  }

  /** The listings that were asked for everything, not for changes. */
  private Set<String> inFull(Runnable sync) {
    int before = server.count();
    sync.run();
    return server.exchanges().stream()
        .skip(before)
        .filter(e -> e.path().endsWith("/notes") || e.path().startsWith("/news/"))
        .filter(e -> !e.query().containsKey("since"))
        .map(Exchange::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void a_paused_connection_rests_as_it_is() {
    try (Corpusync engine = engine()) {
      connect(engine);
      engine.sync(KEY);
      engine.pause(KEY);
      int before = server.count();
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.BUSY);
      assertThat(server.count()).isEqualTo(before);
      assertThat(engine.health(KEY).status()).isEqualTo(Health.Status.PAUSED);
      assertThat(documents()).isNotEmpty();
      engine.resume(KEY);
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
    }
  }

  @Test
  void a_connection_that_is_being_erased_is_not_opened_again() {
    try (Corpusync engine = engine()) {
      Connection made = connect(engine);
      store.connections().replace(made, made.with(Connection.State.DISCONNECTING));
      assertThatThrownBy(() -> connect(engine))
          .isInstanceOf(DisconnectUnfinishedException.class)
          .hasMessageContaining("call disconnect again");
      engine.disconnect(KEY);
      assertThat(connect(engine).state()).isEqualTo(Connection.State.ACTIVE);
    }
  }
}
