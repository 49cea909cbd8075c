package dev.corpusync.examples.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down what is said and logged, so that it can be searched: {@code output} and {@code log}
 * in a folder. The log is complete only where nothing was logged before.
 */
final class Recording implements AutoCloseable {
  private final PrintStream errors = System.err;
  private final OutputStream file;
  private final PrintStream out;

  Recording(Path folder, PrintStream shown) throws IOException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "trace");
    System.setProperty("org.slf4j.simpleLogger.logFile", folder.resolve("log").toString());
    file = Files.newOutputStream(folder.resolve("output"));
    out = both(shown);
    System.setErr(both(errors));
  }

  /** Shows, and writes down. */
  PrintStream out() {
    return out;
  }

  private PrintStream both(PrintStream shown) {
    OutputStream to =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            shown.write(one);
            file.write(one);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            shown.write(bytes, from, length);
            file.write(bytes, from, length);
          }

          @Override
          public void flush() throws IOException {
            shown.flush();
            file.flush();
          }
        };
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    System.setErr(errors);
    file.close();
  }
}
