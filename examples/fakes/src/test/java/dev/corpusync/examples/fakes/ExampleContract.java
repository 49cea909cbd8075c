package dev.corpusync.examples.fakes;

import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.subject.StoreFixture;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A contract of a connector, on one of the databases. */
abstract class ExampleContract extends ConnectorContract {
  @TempDir Path folder;
  private final Optional<StoreFixture> server;

  /** The database of this contract. */
  enum On {
    SQLITE,
    POSTGRES
  }

  ExampleContract(On on) {
    // Here, since a thread that starts within a check counts as the connector's.
    server = on == On.POSTGRES ? Optional.of(Databases.postgres()) : Optional.empty();
  }

  @Override
  protected final StoreFixture store() {
    return server.orElseGet(() -> Databases.sqlite(folder));
  }
}
