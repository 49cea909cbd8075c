package dev.corpusync.testkit.world;

import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * A remote system that a connector reads: an author maps it to the API's wire form. Seeded, so that
 * two of one seed are the same; the kit changes it between any two requests. Its own clock moves
 * only with its changes.
 */
public interface World {
  /** How it answers. */
  FakeApi api();

  /** The configuration that reaches it. */
  Map<String, String> settings(URI server);

  /** The documents that a connection may store now, and no others. */
  Set<Ref> visible();

  /** Puts one more visible record at the source. */
  void add();

  /** Changes the text of one visible record. */
  void edit();

  /** Deletes one visible record. */
  void remove();

  /**
   * Takes one visible record out of sight, or adds one that never was in sight.
   *
   * @return false when the API has no such state
   */
  boolean veil(Veil how);

  /** Words that stand only in records that may not be stored, and their ids. */
  Set<String> canaries();

  /** How a record can fail to be visible. */
  enum Veil {
    /** The API says that it is private. */
    PRIVATE,
    /** The field that would say so is missing. */
    MISSING,
    /** The field is null. */
    NULL,
    /** The field has a value that nobody has seen before. */
    UNKNOWN
  }
}
