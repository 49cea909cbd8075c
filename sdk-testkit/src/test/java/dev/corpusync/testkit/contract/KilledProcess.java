package dev.corpusync.testkit.contract;

import dev.corpusync.auth.Secret;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.trial.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that syncs once, and may stop dead before or after its n-th commit: no hook, no finally
 * and no shutdown is run. Arguments: the API's address, the database, the hour of its clock, the
 * commit, and whether before it.
 */
final class KilledProcess {
  static final int KILLED = 137;

  private KilledProcess() {}

  /** Stops dead at one commit. */
  private static final class Halting extends ForwardingStore {
    private final int at;
    private final boolean before;
    private int commits;

    Halting(Store store, int at, boolean before) {
      super(store);
      this.at = at;
      this.before = before;
    }

    @Override
    public CommitResult commit(Commit commit) {
      boolean now = ++commits == at;
      if (now && before) {
        Runtime.getRuntime().halt(KILLED);
      }
      CommitResult done = store.commit(commit);
      if (now) {
        Runtime.getRuntime().halt(KILLED);
      }
      return done;
    }
  }

  public static void main(String[] arguments) {
    VirtualTime time = new VirtualTime();
    time.advance(Duration.ofHours(Long.parseLong(arguments[2])));
    Store store =
        new Halting(
            open(arguments[1]), Integer.parseInt(arguments[3]), Boolean.parseBoolean(arguments[4]));
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(new ReferenceConnector())
            .time(time)
            .random(new Random(7))
            .build()) {
      engine.connect(
          Trial.KEY, "tickets", Map.of("base_url", arguments[0]), () -> Secret.of(Trial.SECRET));
      Run run = engine.sync(Trial.KEY);
      System.out.println(run.state() + " " + run.message());
      System.exit(run.state() == Run.State.SUCCEEDED ? 0 : 1);
    }
  }

  /** A file, or the address of a PostgreSQL. */
  static Store open(String database) {
    return database.startsWith("jdbc:")
        ? RelationalStore.open(postgres(database))
        : RelationalStore.sqlite(Path.of(database));
  }

  private static DataSource postgres(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }
}
