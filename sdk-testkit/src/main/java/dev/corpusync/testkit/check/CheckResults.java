package dev.corpusync.testkit.check;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.report.Result;
import dev.corpusync.testkit.report.Status;
import dev.corpusync.testkit.report.Waiver;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of each check of one contract, with its waivers. */
public final class CheckResults {
  private final Map<String, Result> results = new LinkedHashMap<>();
  private Map<String, Waiver> waivers = Map.of();
  private String connector = "";
  private String store = "";
  private Report.Streams streams = new Report.Streams(List.of(), List.of());

  public CheckResults about(Subject subject, List<Waiver> waived) {
    connector = subject.connector().descriptor().id();
    store = subject.store().name();
    streams = new Report.Streams(kinds(subject.connector()), leftOut(subject.connector()));
    waivers = waived.stream().collect(Collectors.toMap(Waiver::check, w -> w));
    return this;
  }

  private static List<String> kinds(Connector connector) {
    return connector.streams().stream().map(stream -> stream.kind().name()).toList();
  }

  /** Kinds of the installed connector of the same id that the one of the contract has not. */
  private static List<String> leftOut(Connector tried) {
    List<String> here = kinds(tried);
    try {
      return ServiceLoader.load(Connector.class, tried.getClass().getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .filter(installed -> installed.descriptor().id().equals(tried.descriptor().id()))
          .flatMap(installed -> kinds(installed).stream())
          .filter(kind -> !here.contains(kind))
          .distinct()
          .toList();
    } catch (ServiceConfigurationError e) {
      // A connector that cannot be made is used by no one.
      return List.of();
    }
  }

  /** Writes down an outcome, and says what it is after the waivers. */
  public Result enter(Check check, CheckRunner.Outcome outcome, Duration took, LocalDate today) {
    Verdict verdict = verdict(check, outcome, today);
    Result result =
        new Result(
            check.id(),
            check.rule(),
            check.level() == Check.Level.MUST,
            verdict.status(),
            verdict.detail(),
            took);
    results.put(check.id(), result);
    return result;
  }

  private record Verdict(Status status, String detail) {}

  private Verdict verdict(Check check, CheckRunner.Outcome outcome, LocalDate today) {
    Verdict plain = plain(outcome);
    Waiver waiver = waivers.get(check.id());
    if (waiver == null) {
      return plain;
    }
    if (!Waiver.isPossibleFor(check.id())) {
      return failed(check, "cannot be waived: it guards what people rely on", plain);
    }
    if (waiver.expires().isBefore(today)) {
      return failed(check, "its waiver expired on " + waiver.expires(), plain);
    }
    if (plain.status() != Status.FAILED) {
      return failed(check, "its waiver is no longer needed: it is " + plain.status(), plain);
    }
    return new Verdict(Status.WAIVED, waiver + "\n" + plain.detail());
  }

  private static Verdict failed(Check check, String why, Verdict plain) {
    return new Verdict(Status.FAILED, "[" + check.id() + "] " + why + "\n" + plain.detail());
  }

  private static Verdict plain(CheckRunner.Outcome outcome) {
    if (outcome instanceof CheckRunner.Outcome.Failed failed) {
      return new Verdict(Status.FAILED, String.valueOf(failed.why().getMessage()));
    }
    if (outcome instanceof CheckRunner.Outcome.NotApplicable no) {
      return new Verdict(Status.NOT_APPLICABLE, no.reason());
    }
    if (outcome instanceof CheckRunner.Outcome.NotRun no) {
      return new Verdict(Status.NOT_RUN, no.reason());
    }
    return new Verdict(Status.PASSED, "");
  }

  /** One line about an area. */
  public String summary(Set<String> checks) {
    return results.values().stream()
        .filter(r -> checks.contains(r.check()))
        .collect(
            Collectors.groupingBy(Result::status, java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The whole: whatever has no outcome was not run. */
  public Report report(String contract, Profile profile, String recording, List<Check> checks) {
    List<Result> all = new ArrayList<>();
    for (Check check : checks) {
      all.add(
          Optional.ofNullable(results.get(check.id()))
              .orElseGet(
                  () ->
                      new Result(
                          check.id(),
                          check.rule(),
                          check.level() == Check.Level.MUST,
                          Status.NOT_RUN,
                          "nobody ran it: it was filtered out, or ended before it began",
                          Duration.ZERO)));
    }
    return new Report(contract, connector, store, Bench.SEED, profile, recording, streams, all);
  }
}
