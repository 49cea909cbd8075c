package dev.corpusync.benchmarks.contender;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import java.net.URI;
import java.util.Map;

/** Corpusync as a host uses it, with every guarantee on. */
public final class EngineRun implements Contender {
  private final ConnectionKey key = new ConnectionKey("acme", "main");
  private final Corpusync engine;
  private final Database.OpenStore opened;

  private EngineRun(
      Connector connector, URI source, Database.OpenStore opened, RunListener listener) {
    this.opened = opened;
    engine = Corpusync.builder(opened.store()).connector(connector).listener(listener).build();
    engine.connect(
        key,
        connector.descriptor().id(),
        Map.of("base_url", source.toString()),
        () -> Secret.of("t0ken"));
  }

  public static EngineRun open(URI source, Database database) {
    return on(source, database.store(), RunListener.silent());
  }

  public static EngineRun on(URI source, Database.OpenStore opened, RunListener listener) {
    return new EngineRun(new Desk(), source, opened, listener);
  }

  /** Creates a contender that lists the tickets under four queues. */
  public static EngineRun nested(URI source, Database database) {
    return new EngineRun(new QueuedDesk(), source, database.store(), RunListener.silent());
  }

  /** Runs a full sync. */
  @Override
  public void run() {
    finished(engine.resync(key));
  }

  @Override
  public String chunks() {
    return opened.chunks();
  }

  /** Runs an incremental sync. */
  public Run incremental() {
    return finished(engine.sync(key));
  }

  /** The newest run. */
  public Run last() {
    return engine.runs(key, 1).get(0);
  }

  private static Run finished(Run run) {
    if (run.state() != Run.State.SUCCEEDED) {
      throw new IllegalStateException(run.toString());
    }
    return run;
  }

  @Override
  public void close() {
    engine.close();
    opened.close();
  }
}
