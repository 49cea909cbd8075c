package dev.corpusync.examples.demo;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.feed.Change;
import dev.corpusync.store.StoredDocument;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A full-text index of a host, in an SQLite file of its own. It is fed by the change feed alone and
 * never reads the store. It has one row per chunk. The query itself filters by reader, so documents
 * that a person may not read are never fetched, counted or ranked. Safe for many threads, which
 * wait for each other.
 */
public final class SearchIndex implements AutoCloseable {
  private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS document (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL,
            connection TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL,
            UNIQUE (tenant, connection, ref))\
          """,
          """
          CREATE TABLE IF NOT EXISTS reader (document INTEGER NOT NULL, principal TEXT NOT NULL,
            PRIMARY KEY (document, principal)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS passage (id INTEGER PRIMARY KEY, document INTEGER NOT NULL,
            chunk TEXT NOT NULL, link TEXT NOT NULL, UNIQUE (document, chunk))\
          """,
          // Its rowid is the passage's id.
          "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(title, text)");
  private static final String SEARCH =
      """
      SELECT d.title, p.link, snippet(words, 1, '[', ']', '…', 18)
      FROM words JOIN passage p ON p.id = words.rowid JOIN document d ON d.id = p.document
      WHERE words MATCH ? AND d.tenant = ? AND EXISTS (SELECT 1 FROM reader r
        WHERE r.document = d.id AND r.principal IN (%s))
      ORDER BY rank, words.rowid LIMIT ?
      """;

  // A document without text is still found by its title.
  private static final Chunk TITLE_ONLY = new Chunk("title", "");

  private final Sql db;
  private final Links links;
  private long written;

  /** A passage that the person may read and that matches the query. */
  public record Hit(String title, String url, String excerpt) {}

  /** Returns the link to a passage: {@code Corpusync::link}. */
  @FunctionalInterface
  public interface Links {
    Optional<URI> link(ConnectionKey connection, Ref document, Optional<String> chunk);
  }

  private SearchIndex(Sql db, Links links) {
    this.db = db;
    this.links = links;
  }

  /** Opens or creates the index. */
  public static SearchIndex open(Path file, Links links) {
    return new SearchIndex(Sql.open(file, TABLES), links);
  }

  /** Applies one change; applying it again changes nothing. */
  public synchronized void apply(Change change) {
    db.transaction(
        () -> {
          if (change instanceof Change.Stored stored) {
            store(stored);
          } else if (change instanceof Change.Deleted deleted) {
            drop(known(deleted.connection(), deleted.ref()));
          } else if (change instanceof Change.Disconnected gone) {
            drop(known(gone.connection()));
          }
          return change;
        });
  }

  /**
   * Returns the passages that contain every word of the query, best first.
   *
   * @param person every principal of the person who searches, {@link Principal#anyone()} included
   * @param query as typed: nothing in it is syntax
   */
  public synchronized List<Hit> search(
      String tenant, Set<Principal> person, String query, int limit) {
    String match = quoted(query);
    if (match.isEmpty() || person.isEmpty()) {
      return List.of();
    }
    String sql = SEARCH.formatted(String.join(",", Collections.nCopies(person.size(), "?")));
    List<Object> values = new ArrayList<>(List.of(match, tenant));
    person.forEach(principal -> values.add(principal.toString()));
    values.add(limit);
    return db.transaction(
        () ->
            db.select(
                row -> new Hit(row.getString(1), row.getString(2), row.getString(3)),
                sql,
                values.toArray()));
  }

  /** Returns the number of passages written since the index was opened. */
  public synchronized long written() {
    return written;
  }

  /** Returns the number of documents in the index. */
  public synchronized long documents() {
    return db.transaction(
        () -> db.select(row -> row.getLong(1), "SELECT count(*) FROM document").get(0));
  }

  @Override
  public synchronized void close() {
    db.close();
  }

  private void store(Change.Stored change) throws SQLException {
    StoredDocument now = change.document();
    List<Long> known = known(now.connection(), now.ref());
    long id = known.isEmpty() ? create(now) : known.get(0);
    boolean retitled = !known.isEmpty() && retitle(id, now.title());
    db.run("DELETE FROM reader WHERE document = ?", id);
    for (Principal reader : now.readers()) {
      db.run("INSERT INTO reader VALUES (?, ?)", id, reader.toString());
    }
    List<Chunk> chunks = now.chunks().isEmpty() ? List.of(TITLE_ONLY) : now.chunks();
    Set<String> indexed = chunks(id);
    Set<String> gone = new TreeSet<>(indexed);
    chunks.forEach(chunk -> gone.remove(chunk.key()));
    for (String chunk : gone) {
      dropPassage(id, chunk);
    }
    for (Chunk chunk : chunks) {
      // The title is searched with each passage, so a new one goes to all of them.
      if (retitled
          || change.changedChunks().contains(chunk.key())
          || !indexed.contains(chunk.key())) {
        dropPassage(id, chunk.key());
        write(id, now, chunk);
      }
    }
  }

  private long create(StoredDocument document) throws SQLException {
    ConnectionKey key = document.connection();
    db.run(
        "INSERT INTO document (tenant, connection, ref, title) VALUES (?, ?, ?, ?)",
        key.tenant(),
        key.id(),
        document.ref().toString(),
        document.title());
    return db.lastId();
  }

  private boolean retitle(long document, String title) throws SQLException {
    String before =
        db.select(row -> row.getString(1), "SELECT title FROM document WHERE id = ?", document)
            .get(0);
    db.run("UPDATE document SET title = ? WHERE id = ?", title, document);
    return !before.equals(title);
  }

  private void write(long document, StoredDocument of, Chunk chunk) throws SQLException {
    Optional<String> passage = Optional.of(chunk.key()).filter(key -> chunk != TITLE_ONLY);
    Optional<URI> link = links.link(of.connection(), of.ref(), passage);
    db.run(
        "INSERT INTO passage (document, chunk, link) VALUES (?, ?, ?)",
        document,
        chunk.key(),
        link.map(URI::toString).orElse(""));
    db.run(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        db.lastId(),
        of.title(),
        chunk.text());
    written++;
  }

  private void dropPassage(long document, String chunk) throws SQLException {
    db.run(
        "DELETE FROM words WHERE rowid IN"
            + " (SELECT id FROM passage WHERE document = ? AND chunk = ?)",
        document,
        chunk);
    db.run("DELETE FROM passage WHERE document = ? AND chunk = ?", document, chunk);
  }

  private void drop(List<Long> documents) throws SQLException {
    for (long document : documents) {
      for (String chunk : chunks(document)) {
        dropPassage(document, chunk);
      }
      db.run("DELETE FROM reader WHERE document = ?", document);
      db.run("DELETE FROM document WHERE id = ?", document);
    }
  }

  private List<Long> known(ConnectionKey key) throws SQLException {
    return db.select(
        row -> row.getLong(1),
        "SELECT id FROM document WHERE tenant = ? AND connection = ?",
        key.tenant(),
        key.id());
  }

  private List<Long> known(ConnectionKey key, Ref ref) throws SQLException {
    return db.select(
        row -> row.getLong(1),
        "SELECT id FROM document WHERE tenant = ? AND connection = ? AND ref = ?",
        key.tenant(),
        key.id(),
        ref.toString());
  }

  private Set<String> chunks(long document) throws SQLException {
    return new TreeSet<>(
        db.select(
            row -> row.getString(1), "SELECT chunk FROM passage WHERE document = ?", document));
  }

  /** Quotes each word, so that no word is an operator. */
  static String quoted(String query) {
    return NOT_A_WORD
        .splitAsStream(query)
        .filter(word -> !word.isEmpty())
        .map(word -> '"' + word + '"')
        .collect(Collectors.joining(" "));
  }
}
