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
 * What a worker process is to sync, and where to. It goes from parent to child over a pipe: a
 * command line would show a password to everyone on the machine.
 *
 * @param store an SQLite file or the address of a PostgreSQL database
 */
record Job(String store, Map<String, String> settings, Bar bar) {
  static final ConnectionKey KEY = new ConnectionKey("corpusync-demo", "github");

  /** Short, so that nobody waits long for what a killed process held. */
  static final Duration LEASE = Duration.ofSeconds(2);

  /**
   * How progress is shown.
   *
   * @param redrawn on one line, for a terminal
   * @param already records that are there
   * @param total records that there will be
   */
  record Bar(boolean redrawn, long already, long total) {}

  Job with(Bar other) {
    return new Job(store, settings, other);
  }

  /**
   * With a pool for the life of the process: without one, each question starts one in the server.
   */
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

  /**
   * The engine, connected. One repository after another, so that each demo tells the same story.
   */
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
    all.setProperty("redrawn", Boolean.toString(bar.redrawn()));
    all.setProperty("already", Long.toString(bar.already()));
    all.setProperty("total", Long.toString(bar.total()));
    settings.forEach((name, value) -> all.setProperty("setting." + name, value));
    all.store(to, null);
  }

  static Job read(InputStream from) throws IOException {
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
            Boolean.parseBoolean(all.getProperty("redrawn")),
            Long.parseLong(all.getProperty("already")),
            Long.parseLong(all.getProperty("total")));
    return new Job(all.getProperty("store"), settings, bar);
  }
}
