package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.probe.OtherConnection;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.InterruptingTime;
import dev.corpusync.testkit.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** CONC: runs, connections and people do not get into each other's way. */
public abstract class ConcurrencyChecks extends Area {
  public ConcurrencyChecks(Bench bench) {
    super(bench);
  }

  /** Once for each exchange of a first sync, each time on a world of its own. */
  private void atEachExchange(ObjIntConsumer<Trial> tried) {
    int requests = CrashSweep.calm(this, Phase.FIRST_SYNC, false).requests();
    for (int exchange : each(requests)) {
      try (Trial trial = trial()) {
        tried.accept(trial, exchange);
      }
    }
  }

  @Check(
      id = "CONC-01",
      rule = "While one run works, a second one of the same connection does nothing",
      does =
          "During each exchange of a run a second one is begun in the same process and another in "
              + "a second one: BUSY, without a request.",
      why = "Schedules overlap and people click twice.",
      whenItFails = "The store gives a lease that another holds.")
  public final void a_second_run_does_nothing() {
    atEachExchange(
        (trial, exchange) -> {
          // A second run that did ask would wait for the exchange that it was started in.
          trial.client(c -> c.retries(0).timeouts(Duration.ofSeconds(3), Duration.ofSeconds(3)));
          List<Run.State> others = new ArrayList<>();
          Run first =
              trial.process(
                  engine -> {
                    trial
                        .server()
                        .before(
                            n -> {
                              if (n == exchange) {
                                others.add(engine.sync(Trial.KEY).state());
                                others.add(trial.beside(other -> other.sync(Trial.KEY)).state());
                              }
                            });
                    return engine.sync(Trial.KEY);
                  });
          assertThat(others)
              .as(
                  "runs begun in this process and in another during exchange %s of the first",
                  exchange)
              .containsExactly(Run.State.BUSY, Run.State.BUSY);
          succeeded(first, "beside which others were begun");
          trial.index().isWhole("after it");
        });
  }

  @Check(
      id = "CONC-03",
      rule = "A run of another connection in the middle of one makes no difference to either",
      does =
          "During each exchange of one connection's run a whole run of another connection passes "
              + "through the same connector. Both indexes must be their own.",
      why = "One connector object serves all connections at once.",
      whenItFails = "Look for a field that `fetch` fills.")
  public final void connections_do_not_mix() {
    atEachExchange(
        (trial, exchange) -> {
          try (OtherConnection other = new OtherConnection(trial)) {
            List<Run> inner = new ArrayList<>();
            Run run =
                trial.process(
                    engine -> {
                      other.connect(engine);
                      trial
                          .server()
                          .before(
                              n -> {
                                if (n == exchange) {
                                  inner.add(other.sync(engine));
                                }
                              });
                      return engine.sync(Trial.KEY);
                    });
            assertThat(inner).as("runs in the middle").hasSize(1);
            succeeded(inner.get(0), "in the middle of another connection's");
            succeeded(run, "in whose exchange " + exchange + " another connection was synced");
            trial.index().isWhole("of the outer connection, exchange " + exchange);
            other.isWhole("of the inner connection, exchange " + exchange);
          }
        });
  }

  @Check(
      id = "CONC-04",
      rule = "One connector serves one connection after another and remembers neither",
      does = "One connection, then another, then both again, with the same engine and connector.",
      why = "What is remembered of the first tenant is shown to the second.",
      whenItFails = "Do not cache in the connector.")
  public final void a_connector_remembers_no_connection() {
    try (Trial trial = trial();
        OtherConnection other = new OtherConnection(trial)) {
      trial.process(
          engine -> {
            other.connect(engine);
            for (int i = 1; i <= 2; i++) {
              succeeded(engine.sync(Trial.KEY), "of one connection, no. " + i);
              succeeded(other.sync(engine), "of another connection, no. " + i);
              trial.index().isWhole("of one connection, no. " + i);
              other.isWhole("of another connection, no. " + i);
              trial.world().edit();
              other.world().edit();
            }
            return engine;
          });
    }
  }

  @Check(
      id = "CONC-05",
      rule =
          "A worker that is interrupted stops at once and stays interrupted; the next run resumes",
      does =
          "Each exchange fails in turn, and the worker is interrupted as it waits to repeat it: no "
              + "further request, the run is CANCELLED, the thread still interrupted, the next "
              + "run whole.",
      why = "A process that does not stop is killed.",
      whenItFails = "Never swallow an interruption, and never try again after a failure.")
  public final void an_interrupted_worker_stops() {
    atEachExchange(
        (trial, exchange) -> {
          trial.server().fault(exchange, Fault.status(503));
          trial.client(
              c ->
                  c.time(new InterruptingTime(c.time(), () -> trial.server().count() == exchange)));
          trial.process(
              engine -> {
                Run run = engine.sync(Trial.KEY);
                assertThat(Thread.interrupted())
                    .as(
                        "whether the worker, interrupted as it waits to repeat exchange %s, still"
                            + " is",
                        exchange)
                    .isTrue();
                assertThat(run.state())
                    .as("a run interrupted after exchange %s: %s", exchange, run.message())
                    .isEqualTo(Run.State.CANCELLED);
                assertThat(trial.server().count())
                    .as("exchanges of a run that was interrupted after exchange %s", exchange)
                    .isEqualTo(exchange);
                trial.server().heal();
                return succeeded(engine.sync(Trial.KEY), "after one that was interrupted");
              });
          trial.index().isWhole("after a run that was interrupted and one that resumed");
        });
  }

  @Check(
      id = "CONC-06",
      rule = "A connection that is disconnected while it is read stays empty",
      does =
          "The connection is disconnected by another process during each exchange: the run ends, "
              + "and nothing of it is stored.",
      why = "What is written after an erasure is a leak.",
      whenItFails = "The store must refuse commits of a connection that is gone.")
  public final void a_disconnected_connection_stays_empty() {
    atEachExchange(
        (trial, exchange) -> {
          trial
              .server()
              .before(
                  n -> {
                    if (n == exchange) {
                      trial.beside(
                          other -> {
                            other.disconnect(Trial.KEY);
                            return exchange;
                          });
                    }
                  });
          assertThat(trial.process(engine -> engine.sync(Trial.KEY)).state())
              .as("a run whose connection is gone since exchange %s", exchange)
              .isEqualTo(Run.State.FENCED);
          assertThat(trial.state()).as("what is stored of it").isEmpty();
          trial.server().before(n -> {});
          whole(trial, "of the connection made anew");
        });
  }
}
