package dev.corpusync.testkit.probe;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A second connection beside the one of a trial, in its store: the same ids at another address,
 * each thing in another version.
 */
public final class OtherConnection implements AutoCloseable {
  private static final ConnectionKey KEY = new ConnectionKey("tenant-1", "connection-2");
  private final Trial trial;
  private final World world;
  private final FakeServer server;

  public OtherConnection(Trial trial) {
    this.trial = trial;
    world = new World(Bench.SEED, trial.subject().wire().types(), trial.world().size());
    world.readable().forEach(world::edit);
    world.edit();
    server = FakeServer.serving(trial.subject().wire().serve(world, new Quirks(5), Trial.SECRET));
  }

  public World world() {
    return world;
  }

  public void connect(Corpusync engine) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("base_url", server.url().toString());
    settings.putAll(trial.subject().wire().settings(world));
    String connector = trial.subject().connector().descriptor().id();
    engine.connect(KEY, connector, settings, () -> Secret.of(Trial.SECRET));
  }

  public Run sync(Corpusync engine) {
    return engine.sync(KEY);
  }

  public void isWhole(String when) {
    new Index(trial.subject(), world, trial.store(), KEY).isWhole(when);
  }

  @Override
  public void close() {
    server.close();
  }
}
