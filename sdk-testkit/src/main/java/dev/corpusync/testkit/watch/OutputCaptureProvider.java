package dev.corpusync.testkit.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * An SLF4J backend that passes every level to every {@link OutputCapture}, and prints warnings and
 * errors. Not registered: name it in {@code -Dslf4j.provider} or in a service file of your tests.
 */
public final class OutputCaptureProvider implements SLF4JServiceProvider {
  private final Loggers loggers = new Loggers();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  /** One logger a name. */
  static final class Loggers implements ILoggerFactory {
    private final Map<String, Logger> byName = new ConcurrentHashMap<>();

    @Override
    public Logger getLogger(String name) {
      return byName.computeIfAbsent(name, Heard::new);
    }
  }

  /** Says everything to the taps. */
  private static final class Heard extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    Heard(String logger) {
      name = logger;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        @Nullable Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      String text =
          level
              + " "
              + name
              + " - "
              + MessageFormatter.basicArrayFormat(message, arguments)
              + (thrown == null ? "" : "\n" + ExceptionText.of(thrown));
      OutputCapture.log(text, level.toInt() >= Level.INFO.toInt());
      if (level.toInt() >= Level.WARN.toInt()) {
        System.err.println(text);
      }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return Heard.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
