package dev.corpusync.testkit.http;

import dev.corpusync.testkit.watch.OutputCapture;
import java.util.List;

/** Captures what one logger writes, at any level. */
final class CapturedLog implements AutoCloseable {
  private final String logger;
  private final OutputCapture tap = OutputCapture.open();

  private CapturedLog(String logger) {
    this.logger = logger;
  }

  static CapturedLog of(String logger) {
    return new CapturedLog(logger);
  }

  List<String> lines() {
    return tap.drain().lines().filter(line -> line.contains(" " + logger + " - ")).toList();
  }

  @Override
  public void close() {
    tap.close();
  }
}
