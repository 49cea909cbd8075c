package dev.corpusync.examples.demo.telling;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import java.io.PrintStream;

/** A bar of what is stored: redrawn on one line of a terminal, else a line for each quarter. */
public final class Progress implements RunListener {
  private static final int WIDTH = 40;
  private final PrintStream out;
  private final boolean redrawn;
  private final long already;
  private final long total;
  private long shown;

  /**
   * @param already records that are there
   * @param total records that there will be
   */
  public Progress(PrintStream out, boolean redrawn, long already, long total) {
    this.out = out;
    this.redrawn = redrawn;
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
        "   [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total;
    if (redrawn) {
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
