package dev.corpusync.extract;

import dev.corpusync.error.RemoteException;
import dev.corpusync.error.UnavailableException;
import java.util.Optional;

/**
 * Distinguishes an outage of the server from faults of single records: when five different records
 * in a row get no answer (5xx, timeouts), it is the server that fails (P10). Not for use by two
 * threads.
 *
 * @since 0.1
 */
public final class OutageDetector {
  private static final int IN_A_ROW = 5;
  private final int most;
  private int inARow;
  private Optional<UnavailableException> outage = Optional.empty();

  private OutageDetector(int most) {
    this.most = most;
  }

  /** Returns a detector that has seen nothing yet. */
  public static OutageDetector begin() {
    return new OutageDetector(IN_A_ROW);
  }

  /**
   * Returns one that finds no outage: for a few records that have failed before, of which many in a
   * row say nothing of the server.
   */
  public static OutageDetector never() {
    return new OutageDetector(Integer.MAX_VALUE);
  }

  /** Notes that the API answered a request about one record. */
  public void answered() {
    inARow = 0;
  }

  /** Notes why a record could not be read. */
  public void failed(RemoteException failure) {
    if (failure instanceof UnavailableException unavailable) {
      inARow++;
      if (inARow == most) {
        outage = Optional.of(unavailable);
      }
    } else {
      answered();
    }
  }

  /** The failure of the last record of the row; empty while the server seems to work. */
  public Optional<UnavailableException> outage() {
    return outage;
  }
}
