package dev.corpusync.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * What every logger of the JVM says at every level, meanwhile: those of slf4j-simple, which has no
 * way to ask for that, hence the fields, and those of the JDK.
 */
final class EveryLog implements AutoCloseable {
  private static final int TRACE = 0;
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<Object, Integer> levels = new HashMap<>();
  private final Object defaults;
  private final int defaultLevel;
  private final Logger root = Logger.getLogger("");
  private final Level rootLevel = root.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          // The fake API is the other side: what it says and hears is no leak of ours.
          if (!String.valueOf(line.getLoggerName()).startsWith("mockwebserver3")) {
            System.err.println("JUL " + new SimpleFormatter().format(line));
          }
        }

        @Override
        public void flush() {
          // nothing is kept back
        }

        @Override
        public void close() {
          // nothing was opened
        }
      };

  EveryLog() {
    try {
      for (Object logger : loggers().values()) {
        Field level = field(logger.getClass(), "currentLogLevel");
        levels.put(logger, level.getInt(logger));
        level.setInt(logger, TRACE);
      }
      Class<?> simple = LoggerFactory.getLogger(EveryLog.class).getClass();
      defaults = field(simple, "CONFIG_PARAMS").get(null);
      Field level = field(defaults.getClass(), "defaultLogLevel");
      defaultLevel = level.getInt(defaults);
      level.setInt(defaults, TRACE);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("slf4j-simple has changed", e);
    }
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    root.setLevel(rootLevel);
    System.setErr(original);
    try {
      for (Object logger : loggers().values()) {
        // What was made meanwhile began with the default of that time.
        field(logger.getClass(), "currentLogLevel")
            .setInt(logger, levels.getOrDefault(logger, defaultLevel));
      }
      field(defaults.getClass(), "defaultLogLevel").setInt(defaults, defaultLevel);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("slf4j-simple has changed", e);
    }
  }

  private static Map<?, ?> loggers() throws ReflectiveOperationException {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    return (Map<?, ?>) field(factory.getClass(), "loggerMap").get(factory);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
