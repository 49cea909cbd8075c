package dev.corpusync.run;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.ConnectorDefectException;
import java.util.List;

/**
 * Stops a listing that never ends: one whose cursor comes back, or whose page comes back under new
 * cursors. Finds cycles of any length, in constant memory and across resumes: Brent's algorithm
 * keeps one cursor and replaces it at powers of two, so a cycle of n pages is found within 3n
 * pages.
 */
final class CycleGuard {
  /** Two windows share the records on their border; three pages in a row never hold the same. */
  private static final int MOST_ALIKE = 2;

  private final String scope;
  private String tortoise;
  private long steps;
  private long power;
  private List<String> page = List.of();
  private int alike;

  /** Continues from the trail that the pass saved; empty at its start. */
  CycleGuard(String scope, String trail) {
    this.scope = scope;
    String[] parts = trail.split(" ", 3);
    tortoise = parts.length == 3 ? parts[2] : "";
    steps = parts.length == 3 ? Long.parseLong(parts[0]) : 0;
    power = parts.length == 3 ? Long.parseLong(parts[1]) : 1;
  }

  /**
   * Takes the cursor of the next page.
   *
   * @throws ConnectorDefectException when it was there before
   */
  void step(String fingerprint) {
    if (fingerprint.equals(tortoise)) {
      throw new ConnectorDefectException(
          "the listing of "
              + scope
              + " leads back to a cursor that it had before (within "
              + (steps + 1)
              + " pages): it was stopped, nothing was deleted");
    }
    steps++;
    if (steps == power) {
      tortoise = fingerprint;
      power *= 2;
      steps = 0;
    }
  }

  /**
   * Takes the records of a page. An API that ignores page numbers returns the first page for ever,
   * each time under a new cursor.
   *
   * @throws ConnectorDefectException when three pages in a row hold the same
   */
  void page(List<Payload> records) {
    List<String> hashes = records.stream().map(Payload::hash).toList();
    alike = hashes.isEmpty() || !hashes.equals(page) ? 1 : alike + 1;
    page = hashes;
    if (alike > MOST_ALIKE) {
      throw new ConnectorDefectException(
          "the listing of "
              + scope
              + " gives the same "
              + hashes.size()
              + " records page after page: the API seems to ignore the cursor's parameter, check its"
              + " name. Nothing was deleted");
    }
  }

  /** What a resumed pass continues from. */
  String trail() {
    return steps + " " + power + " " + tortoise;
  }
}
