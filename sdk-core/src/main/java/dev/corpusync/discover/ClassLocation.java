package dev.corpusync.discover;

import dev.corpusync.connection.SdkVersion;
import dev.corpusync.error.ConnectorDefectException;
import java.security.CodeSource;

/** Finds where a class was loaded from, so that a message names the jar. */
final class ClassLocation {
  private ClassLocation() {}

  static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? type.getName()
        : type.getName() + " (" + source.getLocation() + ")";
  }

  /** Returns the cause inside wrapping exceptions. */
  static Throwable cause(Throwable wrapper) {
    Throwable cause = wrapper.getCause();
    return cause == null ? wrapper : cause;
  }

  /**
   * @param cause a {@link LinkageError} is what the JVM says when a class was compiled against
   *     something else
   */
  static ConnectorDefectException unusable(String place, Throwable cause) {
    return new ConnectorDefectException(
        cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)
            ? place
                + " does not fit Corpusync "
                + SdkVersion.CURRENT
                + ", it was built for another version or lacks a jar: "
                + cause
            : place + " failed when it was made: " + cause.getClass().getName(),
        cause);
  }
}
