package dev.corpusync.testkit.watch;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Everything that is said between opening and closing: what is printed, what java.util.logging gets
 * at any level, and what SLF4J gets at any level where {@link OutputCaptureProvider} is its
 * backend. Of another backend only what it prints or hands to java.util.logging is heard: {@link
 * #coverage}. What was printed is printed all the same.
 */
public final class OutputCapture implements AutoCloseable {
  private static final Set<OutputCapture> OPEN = new CopyOnWriteArraySet<>();
  private static final Logger ROOT = Logger.getLogger("");

  /** The fake API's own server is no part of what is listened to, nor a driver's inner steps. */
  private static final Map<Logger, Level> LESS =
      Map.of(
          Logger.getLogger("mockwebserver3"), Level.OFF,
          Logger.getLogger("okhttp3.internal.concurrent"), Level.OFF,
          Logger.getLogger("org.postgresql"), Level.INFO);

  private final StringBuilder heard = new StringBuilder();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Level level = ROOT.getLevel();
  private final Handler handler = new Ear();
  private long lines;

  private OutputCapture() {}

  public static OutputCapture open() {
    OutputCapture tap = new OutputCapture();
    System.setOut(new PrintStream(new Tee(tap, tap.out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Tee(tap, tap.err), true, StandardCharsets.UTF_8));
    ROOT.addHandler(tap.handler);
    ROOT.setLevel(Level.ALL);
    LESS.forEach(Logger::setLevel);
    OPEN.add(tap);
    return tap;
  }

  /** What can be heard in this JVM, for people. */
  public static String coverage() {
    String backend = LoggerFactory.getILoggerFactory().getClass().getName();
    String slf4j =
        LoggerFactory.getILoggerFactory() instanceof OutputCaptureProvider.Loggers
            ? "SLF4J at every level"
            : "of SLF4J what "
                + backend
                + " prints or hands on (all of it with -Dslf4j.provider="
                + OutputCaptureProvider.class.getName()
                + ")";
    return "System.out and System.err, java.util.logging at every level, and " + slf4j;
  }

  /** What was said since the last time. */
  public synchronized String drain() {
    String text = heard.toString();
    heard.setLength(0);
    return text;
  }

  /** How many lines were printed, or logged at INFO or above. */
  public synchronized long lines() {
    return lines;
  }

  /** Takes down something that was said in another way. */
  public synchronized void record(String text) {
    heard.append(text).append('\n');
  }

  static void log(String line, boolean loud) {
    OPEN.forEach(tap -> tap.logged(line, loud));
  }

  private synchronized void logged(String line, boolean loud) {
    record(line);
    lines += loud ? 1 : 0;
  }

  private synchronized void printed(String text) {
    heard.append(text);
    lines += text.chars().filter(c -> c == '\n').count();
  }

  @Override
  public void close() {
    OPEN.remove(this);
    ROOT.removeHandler(handler);
    ROOT.setLevel(level);
    System.setOut(out);
    System.setErr(err);
  }

  /** Of java.util.logging. */
  private final class Ear extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    Ear() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      logged(formatter.format(entry), entry.getLevel().intValue() >= Level.INFO.intValue());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Prints, and listens. */
  private static final class Tee extends OutputStream {
    private final OutputCapture tap;
    private final PrintStream real;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Tee(OutputCapture tap, PrintStream real) {
      this.tap = tap;
      this.real = real;
    }

    @Override
    public synchronized void write(int b) {
      real.write(b);
      line.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      real.write(bytes, from, length);
      line.write(bytes, from, length);
    }

    @Override
    public synchronized void flush() {
      real.flush();
      tap.printed(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
  }
}
