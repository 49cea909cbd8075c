package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Health;
import dev.corpusync.error.RemoteException;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CFG: a connection is made without a trace, says what is wrong with it, and is used as it was
 * given. What a configuration may hold is in {@code DescriptorContract}.
 */
public abstract class ConfigurationChecks extends Area {
  public ConfigurationChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CFG-06",
      rule = "Making a connection asks one question at most, and stores nothing of the source",
      does =
          "Makes a connection, and looks at what was asked and stored; then makes one that is "
              + "refused.",
      why = "Trying an address out must leave nothing, here or there.",
      whenItFails =
          "`whoAmI` is one request that reads. What a refused connection leaves is the store's.")
  public final void making_a_connection_leaves_no_trace() {
    int asked;
    try (Trial trial = trial().unintroduced()) {
      trial.process(engine -> engine.health(Trial.KEY));
      asked = trial.server().count();
      assertThat(asked).as("requests while a connection is made").isLessThanOrEqualTo(1);
      assertThat(trial.server().unmatched())
          .as("requests while a connection is made that no route answers")
          .isEmpty();
      assertThat(trial.index().documents().keySet() + trial.traces().feed())
          .as("what is stored or told before the first sync")
          .isEqualTo("[]");
      whole(trial, "of a connection that was made before");
    }
    try (Trial trial = trial().unintroduced()) {
      trial.server().faultAlways(Fault.status(401));
      Optional<RemoteException> refused = Optional.empty();
      try {
        trial.process(engine -> engine.health(Trial.KEY));
      } catch (RemoteException e) {
        refused = Optional.of(e);
      }
      assertThat(refused.isPresent())
          .as("whether a connection that asks who it is was refused: %s", refused)
          .isEqualTo(asked == 1);
      if (refused.isPresent()) {
        assertThat(trial.store().connections().find(Trial.KEY))
            .as("what is left of a connection that was refused")
            .isEmpty();
      }
    }
  }

  @Check(
      id = "CFG-07",
      rule =
          "A wrong credential, a lacking permission, an unreachable host and a wrong address are"
              + " told apart",
      does =
          "Each request gets 401, 403, no answer, a web page. The health of the connection must "
              + "say which, and nothing be deleted.",
      why =
          "One of them is for the person who connected it, one for an administrator at the source, "
              + "one for nobody, one for the settings.",
      whenItFails =
          "Let the client's exceptions pass; the engine knows what each means. What is configured "
              + "one by one may be denied one by one, as failed items.")
  public final void what_is_wrong_with_a_connection_is_told_apart() {
    says("401", t -> t.server().faultAlways(Fault.status(401)), Health.Status.NEEDS_AUTHORISATION);
    says("403", t -> t.server().faultAlways(Fault.status(403)), Health.Status.NEEDS_PERMISSION);
    says("no answer", t -> t.server().close(), Health.Status.UNREACHABLE);
    says(
        "a web page",
        t -> t.server().faultAlways(Fault.html()),
        Health.Status.WRONG_SITE,
        Health.Status.FAILING);
  }

  private interface Failure {
    void befalls(Trial trial);
  }

  private void says(String what, Failure failure, Health.Status... expected) {
    try (Trial trial = trial()) {
      whole(trial, "before every request gets " + what);
      failure.befalls(trial);
      trial.process(
          engine -> {
            engine.sync(Trial.KEY);
            Health health = engine.health(Trial.KEY);
            // What is configured one by one is denied one by one, and kept as failed.
            boolean itemByItem =
                engine.failures(Trial.KEY, 10).stream().anyMatch(f -> f.reason().contains(what));
            assertThat(Set.of(expected).contains(health.status()) || itemByItem)
                .as(
                    "whether a connection of which every request gets %s is %s, or what was asked"
                        + " for is kept as failed with %s; it is %s",
                    what, Set.of(expected), what, health)
                .isTrue();
            assertThat(health.reason().isBlank() && !itemByItem)
                .as("whether nothing says what to do about %s", what)
                .isFalse();
            return health;
          });
      assertThat(trial.index().missing()).as("what was deleted meanwhile").isEmpty();
    }
  }

  @Check(
      id = "CFG-09",
      rule = "Every request is below the address that was given",
      does =
          "The API is below `/some/place`, as of servers that people run themselves. Every request "
              + "must be below it.",
      why = "The first request is right and the second has a path of its own.",
      whenItFails =
          "`Call.get` is below the address; `Call.follow` is for addresses that the API gave.")
  public final void every_request_is_below_the_address() {
    try (Trial trial = trial().under("/some/place")) {
      whole(trial, "with the API below a path");
      trial.world().edit();
      whole(trial, "with the API below a path, after a change");
      trial.resync();
      assertThat(trial.server().count()).as("requests").isPositive();
      assertThat(trial.server().exchanges())
          .extracting(Exchange::path)
          .as("paths that were asked for, with the API below /some/place")
          .allMatch(path -> path.startsWith("/some/place/"));
      trial.index().isWhole("with the API below a path, after all was read again");
    }
  }

  @Check(
      id = "CFG-10",
      rule = "An address of another host is not asked, wherever it comes from",
      does =
          "The addresses in answers lead to another host, with and without a scheme. It must not "
              + "be asked anything, the run must fail, and nothing be deleted.",
      why = "Who can write an answer could send the host, and its token, anywhere.",
      whenItFails =
          "The client must refuse origins that are not the connection's; a connector opens none.",
      needs = Need.ADDRESSES)
  public final void another_host_is_not_asked() {
    for (boolean schemed : List.of(true, false)) {
      try (FakeServer elsewhere = FakeServer.serving(r -> Optional.of(FakeReply.json("{}")));
          Trial trial = trial()) {
        whole(trial, "before answers lead elsewhere");
        String there = elsewhere.url().toString();
        UnaryOperator<String> form =
            link ->
                link.replace(
                    trial.url().toString(), schemed ? there : there.substring("http:".length()));
        trial.quirks().linkForm(form);
        Run run = trial.resync();
        assertThat(elsewhere.exchanges())
            .extracting(Exchange::path)
            .as("requests to a host that only answers named")
            .isEmpty();
        assertThat(run.state())
            .as("a run whose next page is on another host: %s", run.message())
            .isIn(EnumSet.of(Run.State.FAILED));
        assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
      }
    }
  }

  @Check(
      id = "CFG-11",
      rule =
          "Where the API takes the secret for another account's, nothing is read and nothing is"
              + " deleted",
      does =
          "For an API that says whose the secret is, and then takes it for another account's, with "
              + "200. Each run must ask once, read nothing, delete nothing, and say that the "
              + "connection has to be authorised again.",
      why =
          "Some real servers answer a revoked key with what is public, which looks like hundreds "
              + "of deletions.",
      whenItFails =
          "`whoAmI` must return the id that the API gives, one that no two accounts share.",
      needs = Need.ACCOUNT)
  public final void what_another_account_sees_is_not_read() {
    try (Trial trial = trial()) {
      whole(trial, "of the account that was connected");
      trial.quirks().account(ConfigurationChecks::somebodyElse);
      int before = trial.server().count();
      List<Run> runs = List.of(trial.sync(), trial.resync());
      assertThat(trial.server().count() - before)
          .as("requests of two runs, which ask whose the secret is and learn that it changed")
          .isEqualTo(runs.size());
      assertThat(runs)
          .as("runs in which the API takes the secret for another account's")
          .allMatch(run -> run.state() == Run.State.FAILED);
      assertThat(trial.process(engine -> engine.health(Trial.KEY)).status())
          .as("the health of a connection whose secret is taken for another account's")
          .isEqualTo(Health.Status.NEEDS_AUTHORISATION);
      trial.index().isWhole("of the account that was connected, while the API knows another");
      trial.quirks().account(UnaryOperator.identity());
      whole(trial, "of the account that was connected, known again");
    }
  }

  /** Nothing that tells people apart is as it was. */
  private static ObjectNode somebodyElse(ObjectNode account) {
    for (Map.Entry<String, JsonNode> field : List.copyOf(account.properties())) {
      if (field.getValue() instanceof ObjectNode inner) {
        somebodyElse(inner);
      } else if (field.getValue().isNumber()) {
        account.put(field.getKey(), field.getValue().asLong() + 1);
      } else if (field.getValue().isString()) {
        account.put(field.getKey(), "not-" + field.getValue().asString());
      }
    }
    return account;
  }
}
