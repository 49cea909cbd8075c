package dev.corpusync.examples.demo;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Principal;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.examples.github.GitHub;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The embedding example of the README. A test compares the two and runs it. */
final class EmbedExample {
  private EmbedExample() {}

  // region embed
  static List<SearchIndex.Hit> ask(
      DataSource dataSource, Path index, Map<String, String> settings, CredentialSupplier token) {
    try (Store store = RelationalStore.open(dataSource);
        Corpusync corpusync = Corpusync.builder(store).connector(new GitHub()).build();
        SearchIndex search = SearchIndex.open(index, corpusync::link)) {
      ConnectionKey key = new ConnectionKey("acme", "github");
      Connection github = corpusync.connect(key, "github", settings, token);

      Run run = corpusync.sync(key); // in full the first time, then what has changed
      System.out.println(run.state() + " " + run.counts());

      corpusync.changes("acme", "search").deliver(search::apply); // at least once, in order

      Set<Principal> ada = Set.of(Principal.user("ada").in(github.realm()), Principal.anyone());
      return search.search("acme", ada, "login fails", 10); // what she may read, with links
    }
  }
  // endregion
}
