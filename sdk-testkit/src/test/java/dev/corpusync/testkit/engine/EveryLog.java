package dev.corpusync.testkit.engine;

import dev.corpusync.testkit.watch.OutputCapture;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/** What every logger of the JVM says at every level, meanwhile, and what is printed. */
final class EveryLog implements AutoCloseable {
  private final OutputCapture tap = OutputCapture.open();
  private final StringBuilder heard = new StringBuilder();

  EveryLog() {
    // A search of what was captured must know that all of it was.
    Logger.getLogger("everylog").finest("JUL is heard");
  }

  byte[] bytes() {
    heard.append(tap.drain());
    return heard.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    tap.close();
  }
}
