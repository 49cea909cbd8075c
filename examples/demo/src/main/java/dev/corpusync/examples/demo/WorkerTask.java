package dev.corpusync.examples.demo;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.examples.github.GitHub;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RunListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.ds.PGPoolingDataSource;

/**
 * What a worker process syncs, and into which store. The parent sends it over a pipe, because a
 * command line would show a password to everyone on the machine.
 *
 * @param store an SQLite file or the URL of a PostgreSQL database
 */
record WorkerTask(String store, Map<String, String> settings, Bar bar) {
  static final ConnectionKey KEY = new ConnectionKey("corpusync-demo", "github");

  /** Short, so that the lease of a killed process expires soon. */
  static final Duration LEASE = Duration.ofSeconds(2);

  /**
   * How a worker shows its progress.
   *
   * @param redraws whether the bar is redrawn on one line, for a terminal
   * @param already number of records that are stored before
   * @param total number of records that are stored at the end
   */
  record Bar(boolean redraws, long already, long total) {}

  WorkerTask with(Bar other) {
    return new WorkerTask(store, settings, other);
  }

  /** Opens the store with a pool: without one, PostgreSQL starts a process for each statement. */
  @SuppressWarnings("deprecation")
  Store openStore() {
    if (!store.startsWith("jdbc:")) {
      return RelationalStore.sqlite(Path.of(store));
    }
    PGPoolingDataSource source = new PGPoolingDataSource();
    source.setMaxConnections(4);
    source.setUrl(store);
    if (source.getUser() == null) {
      Optional.ofNullable(System.getenv("PGUSER")).ifPresent(source::setUser);
    }
    if (source.getPassword() == null) {
      Optional.ofNullable(System.getenv("PGPASSWORD")).ifPresent(source::setPassword);
    }
    return RelationalStore.open(source);
  }

  /** Opens the engine and connects the account. Reads one repository at a time: repeatable. */
  Corpusync open(Store opened, RunListener listener) {
    Corpusync corpusync =
        Corpusync.builder(opened)
            .connector(new GitHub())
            .listener(listener)
            .lease(LEASE)
            .parallelism(1)
            .build();
    corpusync.connect(KEY, "github", settings, () -> Secret.of("demo-token"));
    return corpusync;
  }

  void write(OutputStream to) throws IOException {
    Properties all = new Properties();
    all.setProperty("store", store);
    all.setProperty("redraws", Boolean.toString(bar.redraws()));
    all.setProperty("already", Long.toString(bar.already()));
    all.setProperty("total", Long.toString(bar.total()));
    settings.forEach((name, value) -> all.setProperty("setting." + name, value));
    all.store(to, null);
  }

  static WorkerTask read(InputStream from) throws IOException {
    Properties all = new Properties();
    all.load(from);
    Map<String, String> settings = new TreeMap<>();
    for (String name : all.stringPropertyNames()) {
      if (name.startsWith("setting.")) {
        settings.put(name.substring("setting.".length()), all.getProperty(name));
      }
    }
    Bar bar =
        new Bar(
            Boolean.parseBoolean(all.getProperty("redraws")),
            Long.parseLong(all.getProperty("already")),
            Long.parseLong(all.getProperty("total")));
    return new WorkerTask(all.getProperty("store"), settings, bar);
  }
}
