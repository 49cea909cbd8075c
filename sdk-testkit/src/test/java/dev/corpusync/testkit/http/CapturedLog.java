package dev.corpusync.testkit.http;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/**
 * What one logger says at DEBUG, meanwhile. slf4j-simple has no way to ask for that, hence the
 * field.
 */
final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int level;

  private CapturedLog(String name) {
    logger = LoggerFactory.getLogger(name);
    level = level(LocationAwareLogger.DEBUG_INT);
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  static CapturedLog of(String logger) {
    return new CapturedLog(logger);
  }

  List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    System.setErr(original);
    level(level);
  }

  private int level(int wanted) {
    try {
      Field field = logger.getClass().getDeclaredField("currentLogLevel");
      field.setAccessible(true);
      int before = field.getInt(logger);
      field.setInt(logger, wanted);
      return before;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("slf4j-simple has changed", e);
    }
  }
}
