package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.LoopbackOnly;
import dev.corpusync.testkit.trial.Trial;

/** FIX, of the world outside: there is none while a check runs. */
public abstract class NetworkIsolationChecks extends Area {
  public NetworkIsolationChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "FIX-05",
      rule = "Nothing but the fake API is connected to",
      does =
          "Syncs three times while the JVM's proxy selector lets nobody but this machine be "
              + "reached, and names each host that was asked for. The same guard stands around "
              + "every other check.",
      why =
          "A test that calls a live system proves nothing about the next run, and may change "
              + "something there.",
      whenItFails =
          "Ask through `ask.api()`, and take the address from the connection's base URL. Channels "
              + "do not ask the selector: `DET-03` finds those.")
  public final void nothing_but_the_fake_api_is_connected_to() {
    try (LoopbackOnly guard = LoopbackOnly.open();
        Trial trial = trial()) {
      trial.sync();
      trial.world().edit();
      trial.sync();
      trial.resync();
      assertThat(trial.server().count()).as("exchanges with the fake API").isPositive();
      assertThat(guard.refused())
          .as("hosts that the connector wanted to reach by itself")
          .isEmpty();
    }
  }
}
