package dev.corpusync.testkit.trial;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
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
    store.journal().runs(key, 500).forEach(all::run);
    store.connections().find(key).ifPresent(all::connection);
    return String.join("\n", all.words);
  }

  // Field by field: a printed form may leave out what is private, and this search looks for that.

  private void run(Run run) {
    words.add("run " + run.id() + " " + run.round() + " " + run.message());
  }

  private void connection(Connection connection) {
    words.add("connection " + connection.connector() + " " + connection.generation());
    words.add("settings " + connection.settings().values());
    connection.account().ifPresent(this::account);
  }

  private void account(Account who) {
    words.add("account " + who.id() + " " + who.name() + " " + who.site());
    words.add("scopes " + who.scopes() + " keys " + who.keys());
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
