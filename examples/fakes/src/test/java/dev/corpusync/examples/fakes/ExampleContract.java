package dev.corpusync.examples.fakes;

import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.contract.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A contract on one of the databases. */
abstract class ExampleContract extends ConnectorContract {
  @TempDir Path folder;
  private final On on;

  /** Which of the two. */
  enum On {
    SQLITE,
    POSTGRES
  }

  ExampleContract(On on) {
    this.on = on;
  }

  @Override
  protected final StoreFixture store() {
    return on == On.SQLITE ? Databases.sqlite(folder) : Databases.postgres();
  }
}
