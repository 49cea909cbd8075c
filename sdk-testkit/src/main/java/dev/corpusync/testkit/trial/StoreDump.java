package dev.corpusync.testkit.trial;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.StoredCursor;
import java.util.ArrayList;
import java.util.List;

/** All words that a store holds of one connection: for a search, not for comparing. */
public final class StoreDump {
  private final List<String> words = new ArrayList<>();

  private StoreDump() {}

  public static String of(Store store, ConnectionKey key, StoreSnapshot text) {
    StoreDump all = new StoreDump();
    all.words.add(text.toString());
    text.checkpoint().forEach(all::cursors);
    store.journal().runs(key, 500).forEach(run -> all.words.add(run.toString()));
    store
        .connections()
        .find(key)
        .ifPresent(c -> all.words.add(c.toString() + c.settings().values()));
    return String.join("\n", all.words);
  }

  private void cursors(Checkpoint checkpoint) {
    checkpoint.deltaToken().ifPresent(this::cursor);
    checkpoint.pass().flatMap(Pass::next).ifPresent(this::cursor);
    checkpoint.pass().flatMap(Pass::deltaToken).ifPresent(this::cursor);
  }

  private void cursor(StoredCursor cursor) {
    words.add("cursor " + cursor.json());
  }
}
