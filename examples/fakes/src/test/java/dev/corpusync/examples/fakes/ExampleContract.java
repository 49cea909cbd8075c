package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.contract.StoreFixture;
import dev.corpusync.testkit.contract.Subject;
import dev.corpusync.testkit.world.World;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;

/** An example connector with its world, on one of the databases. */
abstract class ExampleContract extends ConnectorContract {
  @TempDir Path folder;

  /** Which of the two. */
  enum On {
    SQLITE,
    POSTGRES
  }

  private final On on;
  private final Subject subject;

  ExampleContract(
      On on, Connector connector, BiFunction<Long, Integer, World> world, int perPage, int perRun) {
    this.on = on;
    subject =
        new Subject() {
          @Override
          public Connector connector() {
            return connector;
          }

          @Override
          public World world(long seed, int records) {
            return world.apply(seed, records);
          }

          @Override
          public int requestsPerPage() {
            return perPage;
          }

          @Override
          public int requestsPerRun() {
            return perRun;
          }
        };
  }

  @Override
  protected final Subject subject() {
    return subject;
  }

  @Override
  protected final StoreFixture store() {
    return on == On.SQLITE ? Databases.sqlite(folder) : Databases.postgres();
  }

  @Override
  protected final int many() {
    return on == On.SQLITE ? 10_000 : 1_000;
  }
}
