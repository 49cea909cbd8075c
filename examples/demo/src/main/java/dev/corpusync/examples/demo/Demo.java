package dev.corpusync.examples.demo;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.examples.demo.consent.ConsentDemo;
import dev.corpusync.examples.demo.telling.UntrueException;
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

/** The README's first command. See {@link Story} for what it shows. */
public final class Demo {
  private Demo() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, err));
  }

  /**
   * @return 0 when all that was said is so, 1 when something is not or cannot be done, 2 when the
   *     arguments make no sense
   */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        out.print(Options.USAGE);
        return 0;
      }
      if (options.auth()) {
        authenticate(options, out);
      } else {
        play(options, out);
      }
      return 0;
    } catch (Options.UsageException e) {
      err.println("demo: " + e.getMessage());
      return 2;
    } catch (UntrueException | CorpusyncException | IllegalArgumentException e) {
      err.println("demo: " + e.getMessage());
    } catch (IOException e) {
      err.println("demo: it could not be played: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("demo: it was interrupted");
    }
    return 1;
  }

  private static void play(Options options, PrintStream out) throws IOException {
    Upstream upstream =
        options.replay().isPresent()
            ? new Replay(RecordedGitHub.of(options.replay().get()))
            : new AcmeGitHub();
    long begun = System.nanoTime();
    PrintStream story = story(options, out);
    Path folder = Files.createTempDirectory("corpusync-demo");
    try (Stage stage = new Stage(upstream, options.store(), folder, options.json())) {
      new Story(stage, story).tell();
      story.printf(
          "%n%d requests in all, %d seconds. Everything said here was checked.%n",
          stage.report.requests, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      if (options.json()) {
        out.println(stage.report.json());
      }
    } finally {
      delete(folder);
    }
  }

  private static void authenticate(Options options, PrintStream out)
      throws IOException, InterruptedException {
    Path keycloak = Path.of(System.getProperty("corpusync.keycloak", "no-keycloak"));
    if (!Files.isDirectory(keycloak)) {
      throw new Options.UsageException(
          "--auth needs an unpacked Keycloak, named by -Dcorpusync.keycloak: start it as ./demo");
    }
    long begun = System.nanoTime();
    Path folder = Files.createTempDirectory("corpusync-demo");
    try (Recording recording = new Recording(folder, story(options, out))) {
      boolean redrawn = Boolean.getBoolean("corpusync.demo.terminal");
      String facts = ConsentDemo.play(keycloak, folder, recording.out(), redrawn);
      recording
          .out()
          .printf(
              "%n%d seconds. Everything said here was checked.%n",
              Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      if (options.json()) {
        out.println(facts);
      }
    } finally {
      delete(folder);
    }
  }

  private static PrintStream story(Options options, PrintStream out) {
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
