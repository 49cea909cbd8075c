package dev.corpusync.examples.demo;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.examples.demo.oauth.OAuthDemo;
import dev.corpusync.examples.demo.output.FailedClaimException;
import dev.corpusync.examples.fakes.RecordedGitHub;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/** The command {@code ./demo}. {@link SyncDemo} has its steps. */
public final class Demo {
  private Demo() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, err));
  }

  /**
   * Runs the demo.
   *
   * @return 0 when every printed statement was checked and is true, 1 when one is not or the demo
   *     failed, 2 when the arguments are wrong
   */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        out.print(Options.USAGE);
        return 0;
      }
      if (options.auth()) {
        connectAccount(options, out);
      } else {
        sync(options, out);
      }
      return 0;
    } catch (Options.UsageException e) {
      err.println("demo: " + e.getMessage());
      return 2;
    } catch (FailedClaimException | CorpusyncException | IllegalArgumentException e) {
      err.println("demo: " + e.getMessage());
    } catch (IOException e) {
      err.println("demo: a file or a server failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("demo: interrupted");
    }
    return 1;
  }

  private static void sync(Options options, PrintStream out) throws IOException {
    DemoSource source =
        options.replay().isPresent()
            ? new RecordedSource(RecordedGitHub.of(options.replay().get()))
            : new AcmeGitHub();
    long begun = System.nanoTime();
    PrintStream text = text(options, out);
    Path folder = Files.createTempDirectory("corpusync-demo");
    try (DemoSetup setup = new DemoSetup(source, options.store(), folder, options.json())) {
      new SyncDemo(setup, text).run();
      text.printf(
          "%n%d requests in total, %d seconds. Every statement above was checked.%n",
          setup.report.requests, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      if (options.json()) {
        out.println(setup.report.json());
      }
    } finally {
      delete(folder);
    }
  }

  private static void connectAccount(Options options, PrintStream out)
      throws IOException, InterruptedException {
    Path keycloak = Path.of(System.getProperty("corpusync.keycloak", "no-keycloak"));
    if (!Files.isDirectory(keycloak)) {
      throw new Options.UsageException(
          "--auth needs an unpacked Keycloak, named by -Dcorpusync.keycloak: start it as ./demo");
    }
    long begun = System.nanoTime();
    Path folder = Files.createTempDirectory("corpusync-demo");
    try (OutputRecording recording = new OutputRecording(folder, text(options, out))) {
      boolean redraws = Boolean.getBoolean("corpusync.demo.terminal");
      String facts = OAuthDemo.run(keycloak, folder, recording.out(), redraws);
      recording
          .out()
          .printf(
              "%n%d seconds. Every statement above was checked.%n",
              Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      if (options.json()) {
        out.println(facts);
      }
    } finally {
      delete(folder);
    }
  }

  private static PrintStream text(Options options, PrintStream out) {
    return options.json()
        ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
        : out;
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failed)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
