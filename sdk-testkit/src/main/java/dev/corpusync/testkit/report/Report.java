package dev.corpusync.testkit.report;

import dev.corpusync.testkit.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of a whole contract.
 *
 * @param contract the test class
 * @param connector its id
 * @param store what it ran on
 * @param profile how much the checks did
 * @param recording what the wire format was compared with, and how old that is; blank for nothing
 * @param streams what the contract was about
 * @since 0.1
 */
public record Report(
    String contract,
    String connector,
    String store,
    long seed,
    Profile profile,
    String recording,
    Streams streams,
    List<Result> results) {
  /** Checks that hold for records that are for some people only: there must be one of them. */
  private static final Set<String> OF_PRIVATE_RECORDS = Set.of("PRIV-02", "PRIV-03", "PRIV-04");

  /**
   * The kinds of a connector.
   *
   * @param tried those of the connector that the contract was given
   * @param leftOut those that the connector of the same id has besides, where one is installed
   */
  public record Streams(List<String> tried, List<String> leftOut) {
    public Streams {
      tried = List.copyOf(tried);
      leftOut = List.copyOf(leftOut);
    }
  }

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

  /**
   * Something that no check was about.
   *
   * @param what in a word or two
   * @param why and what to do
   */
  public record NotProved(String what, String why) {}

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

  /** The badge, and what it says nothing of. */
  public String verdict() {
    boolean plain = notProved().isEmpty() || badge() == Badge.NONE || badge() == Badge.QUICK;
    return plain
        ? badge().toString()
        : badge()
            + " except "
            + notProved().stream().map(NotProved::what).collect(Collectors.joining(" and "));
  }

  /** What no check was about, so that nothing is known of it. */
  public List<NotProved> notProved() {
    List<NotProved> all = new ArrayList<>();
    if (isUntried(results.stream().filter(r -> r.area().equals("PERM")).toList())) {
      all.add(
          new NotProved(
              "permissions",
              "the wire format says of no record who may read it, so no check was about readers."
                  + " Where the source has any, tell it with Records.restricted()"));
    }
    if (isUntried(results.stream().filter(r -> OF_PRIVATE_RECORDS.contains(r.check())).toList())) {
      all.add(
          new NotProved(
              "private records",
              "no record of the wire format can be private, so no check was about what may not be"
                  + " stored. Where the source has any, tell it with Records.visibility()"));
    }
    for (String kind : streams.leftOut()) {
      all.add(
          new NotProved(
              "the stream '" + kind + "'",
              "the installed connector has it, and the one that the contract was given has not"));
    }
    return all;
  }

  private static boolean isUntried(List<Result> of) {
    return !of.isEmpty() && of.stream().allMatch(r -> r.status() == Status.NOT_APPLICABLE);
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
        + verdict()
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
