package dev.corpusync.examples.demo.output;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import java.io.PrintStream;

/** A progress bar of stored records: redrawn on one line, or a new line for each quarter. */
public final class ProgressBar implements RunListener {
  private static final int WIDTH = 40;
  private final PrintStream out;
  private final boolean redraws;
  private final long already;
  private final long total;
  private long shown;

  /**
   * @param already number of records that are stored before
   * @param total number of records that are stored at the end
   */
  public ProgressBar(PrintStream out, boolean redraws, long already, long total) {
    this.out = out;
    this.redraws = redraws;
    this.already = already;
    this.total = total;
    shown = filled(already) / 10;
  }

  @Override
  public synchronized void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
    if (soFar.stored() == 0) {
      return;
    }
    long done = Math.min(total, already + soFar.stored());
    int filled = filled(done);
    String line =
        "   ["
            + "#".repeat(filled)
            + ".".repeat(WIDTH - filled)
            + "] "
            + done
            + " of "
            + total
            + " records";
    if (redraws) {
      out.print("\r" + line + (done == total ? "\n" : ""));
      out.flush();
    } else if (filled / 10 > shown) {
      shown = filled / 10;
      out.println(line);
    }
  }

  private int filled(long done) {
    return (int) (WIDTH * done / Math.max(1, total));
  }
}
