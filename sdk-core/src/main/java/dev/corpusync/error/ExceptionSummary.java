package dev.corpusync.error;

/**
 * Describes an exception of unknown origin by its type and the place that threw it. The message is
 * left out, since parsers, connectors and hosts put content and secrets into theirs (P10, P11).
 *
 * @since 0.1
 */
public final class ExceptionSummary {
  private ExceptionSummary() {}

  /**
   * Returns the class name and the first stack frame, such as {@code
   * java.lang.IllegalStateException at com.example.Notes.id(Notes.java:12)}; the class name alone
   * when there is no stack.
   */
  public static String of(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    String type = failure.getClass().getName();
    return stack.length > 0 ? type + " at " + stack[0] : type;
  }
}
