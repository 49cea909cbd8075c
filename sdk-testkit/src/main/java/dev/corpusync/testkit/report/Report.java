package dev.corpusync.testkit.report;

import dev.corpusync.testkit.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of a whole contract.
 *
 * @param contract the test class
 * @param connector its id
 * @param store what it ran on
 * @param profile how much the checks did
 * @param recording what the wire form was compared with, and how old that is; blank for nothing
 * @since 0.1
 */
public record Report(
    String contract,
    String connector,
    String store,
    long seed,
    Profile profile,
    String recording,
    List<Result> results) {
  /** What a connector may call itself. */
  public enum Badge {
    /** Passes every check that binds it, and every one that it should pass; nothing is waived. */
    CERTIFIED("Certified"),
    /** Passes every check that binds it. */
    CONFORMANT("Conformant"),
    /** Passes every check that binds it in a quick run, which is no proof. */
    QUICK("Quick run, no badge"),
    NONE("Not conformant");

    private final String words;

    Badge(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  public Report {
    results = List.copyOf(results);
  }

  public Badge badge() {
    if (results.stream().anyMatch(r -> r.must() && !isMet(r))) {
      return Badge.NONE;
    }
    if (profile == Profile.QUICK) {
      return Badge.QUICK;
    }
    return results.stream().allMatch(Report::isMet) ? Badge.CERTIFIED : Badge.CONFORMANT;
  }

  private static boolean isMet(Result result) {
    return result.status() == Status.PASSED || result.status() == Status.NOT_APPLICABLE;
  }

  public Map<Status, Long> counts() {
    return results.stream()
        .collect(Collectors.groupingBy(Result::status, TreeMap::new, Collectors.counting()));
  }

  public Duration took() {
    return results.stream().map(Result::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** One line. */
  public String summary() {
    return connector
        + " on "
        + store
        + ": "
        + badge()
        + ". "
        + counts().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "))
        + ", in "
        + seconds(took());
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }

  /** Writes it as JSON and as a page, and says where the page is. */
  public Path write(Path folder) {
    Path page = folder.resolve(contract + ".html");
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(contract + ".json"), ReportJson.of(this), StandardCharsets.UTF_8);
      Files.writeString(page, ReportPage.of(this), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the report of " + contract + " could not be written", e);
    }
    return page;
  }
}
