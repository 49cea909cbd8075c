package dev.corpusync.examples.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies the output and the log into the files {@code output} and {@code log} of a folder, so that
 * they can be searched. The log is complete only if nothing was logged before.
 */
final class OutputRecording implements AutoCloseable {
  private final PrintStream errors = System.err;
  private final OutputStream file;
  private final PrintStream out;

  OutputRecording(Path folder, PrintStream shown) throws IOException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "trace");
    System.setProperty("org.slf4j.simpleLogger.logFile", folder.resolve("log").toString());
    file = Files.newOutputStream(folder.resolve("output"));
    out = both(shown);
    System.setErr(both(errors));
  }

  /** Prints and records. */
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
