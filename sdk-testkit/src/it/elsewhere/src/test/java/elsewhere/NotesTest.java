package elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {
  @TempDir Path folder;

  @Test
  void a_connector_outside_our_build_keeps_a_corpus_in_sync() {
    String notes =
        "[{\"id\":1,\"version\":1,\"shared\":true,\"title\":\"One\",\"text\":\"first\"},"
            + "{\"id\":2,\"version\":1,\"shared\":false,\"title\":\"Two\"}]";
    try (FakeServer api = FakeServer.serving(request -> Optional.of(FakeReply.json(notes)));
        Store store = RelationalStore.sqlite(folder.resolve("corpus.db"));
        Corpusync corpusync = Corpusync.builder(store).connector(new Notes()).build()) {
      ConnectionKey key = new ConnectionKey("acme", "notes");
      corpusync.connect(key, "notes", Map.of("base_url", api.url().toString()), () -> Secret.of("t"));
      assertThat(corpusync.sync(key).state()).isEqualTo(Run.State.SUCCEEDED);
      List<Change> changes = new ArrayList<>();
      corpusync.changes("acme", "index").deliver(changes::add);
      assertThat(changes).singleElement().isInstanceOf(Change.Stored.class);
    }
  }
}
