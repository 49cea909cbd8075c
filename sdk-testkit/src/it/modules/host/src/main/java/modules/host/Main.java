package modules.host;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.feed.Change;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Syncs a connector of another module into SQLite, from the module path. */
public final class Main {
  private static final String NEXT = "</notes?page=2>; rel=\"next\"";

  private Main() {}

  public static void main(String[] arguments) {
    require(Connector.class.getModule().isNamed(), "the SDK is a named module");
    require(
        Connector.class.getModule().getName().equals("dev.corpusync.core"), "it has its own name");
    require(
        FakeServer.class.getModule().getName().equals("dev.corpusync.testkit"),
        "so has the testkit");
    try (FakeServer api = FakeServer.serving(request -> Optional.of(page(request.query("page"))));
        Store store = RelationalStore.sqlite(Path.of(arguments[0]));
        Corpusync corpusync = Corpusync.builder(store).discoverConnectors().build()) {
      ConnectionKey key = new ConnectionKey("acme", "notes");
      corpusync.connect(
          key, "notes", Map.of("base_url", api.url().toString()), () -> Secret.of("t"));
      Run run = corpusync.sync(key);
      require(run.state() == Run.State.SUCCEEDED, "the sync succeeds: " + run);
      List<Change> changes = new ArrayList<>();
      corpusync.changes("acme", "index").deliver(changes::add);
      require(
          changes.size() == 2 && changes.stream().allMatch(Change.Stored.class::isInstance),
          "the shared notes are delivered: " + changes);
    }
    System.out.println("synced on the module path, Java " + Runtime.version().feature());
  }

  /** Two pages, so that a cursor is stored. */
  private static FakeReply page(Optional<String> number) {
    return number.isEmpty()
        ? FakeReply.json("[" + note(1, true) + "," + note(2, false) + "]").header("Link", NEXT)
        : FakeReply.json("[" + note(3, true) + "]");
  }

  private static String note(int id, boolean shared) {
    return "{\"id\":" + id + ",\"version\":1,\"shared\":" + shared + ",\"title\":\"Note\"}";
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("expected that " + what);
    }
  }
}
