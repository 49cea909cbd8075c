package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Area;
import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.check.CheckRunner;
import dev.corpusync.testkit.check.LeakChecks;
import dev.corpusync.testkit.mutant.MatrixFile.Row;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The kill matrix of connectors. In the long profile a mutant is shown to every check of the areas
 * of its row, with {@code -Dcorpusync.matrix=whole} to all checks; by default, for time, to those
 * of its row only, which must all fail.
 */
public final class ConnectorMatrix {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Where rows are recorded, so that a busy machine adds no check to one. */
  private static final Duration LONG_LIMIT = Duration.ofMinutes(10);

  private static final Set<String> AROUND = Areas.idsOf(LeakChecks.class);

  /** What a subject that is right, if unusual, is shown. */
  private static final Set<String> OF_ALL = Set.of("FIX", "PAGE", "INC");

  private ConnectorMatrix() {}

  /** How a source is read: connecting, paging, changes, crashes, the network. */
  static List<Mutant> ofReading() {
    return Stream.of(
            FixtureMutants.all(),
            ConfigurationMutants.all(),
            PagingMutants.all(),
            ChangeMutants.all(),
            CrashMutants.all(),
            TransportMutants.all(),
            OneRecordMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** What is stored of it, for whom, and what it costs. */
  static List<Mutant> ofContent() {
    return Stream.of(
            PrivacyMutants.all(),
            DeletionMutants.all(),
            PermissionMutants.all(),
            LookupMutants.all(),
            TransformMutants.all(),
            CitationMutants.all(),
            ConcurrencyMutants.all(),
            ResourceMutants.all(),
            DeterminismMutants.all(),
            ObservationMutants.all(),
            LeakMutants.all(),
            UnusualConnectors.wrong())
        .flatMap(List::stream)
        .toList();
  }

  private static Stream<Mutant> all() {
    return Stream.concat(ofReading().stream(), ofContent().stream());
  }

  public static Mutant mutant(String name) {
    return all().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  public static KillMatrix<Supplier<Subject>> matrix() {
    String shown =
        System.getProperty("corpusync.matrix", Profile.current() == Profile.LONG ? "area" : "row");
    Duration limit = KillMatrix.isRecording() ? LONG_LIMIT : LIMIT;
    return KillMatrix.of(
            "connectors",
            Areas.checks().stream().map(Check::id).toList(),
            all().map(Mutant::entry).toList(),
            (subjects, ids, emptied) -> sound(failures(subjects, ids, limit, emptied)))
        .showing((row, id) -> isShown(row, id, shown), (row, id) -> isShown(row, id, "row"));
  }

  /**
   * Whether a check is shown to the mutant of a row.
   *
   * @param which those of the row, those of its areas, or the whole contract
   */
  private static boolean isShown(Row row, String check, String which) {
    Set<String> areas = new TreeSet<>();
    row.all().forEach(id -> areas.add(area(id)));
    return switch (which) {
      case "whole" -> true;
      case "area" -> areas.isEmpty() || areas.contains(area(check));
      case "row" -> {
        if (areas.isEmpty()) {
          yield OF_ALL.contains(area(check));
        }
        // What is seen around all checks shows only when others have run.
        boolean around = row.all().stream().anyMatch(AROUND::contains);
        yield around ? areas.contains(area(check)) : row.all().contains(check);
      }
      default -> throw new IllegalArgumentException("corpusync.matrix is row, area or whole");
    };
  }

  private static Map<String, String> sound(Map<String, String> failures) {
    failures.forEach(
        (id, message) ->
            assertThat(message)
                .as("the message of %s", id)
                .doesNotContain("NullPointerException", Trial.SECRET));
    return failures;
  }

  public static String area(String check) {
    return check.substring(0, check.indexOf('-'));
  }

  /** The ids of some checks that a subject fails, with their messages. */
  public static Map<String, String> failures(Supplier<Subject> subject, Predicate<String> ofCheck) {
    return failures(subject, ofCheck, LIMIT);
  }

  /**
   * @param limit of one check, in real time
   */
  public static Map<String, String> failures(
      Supplier<Subject> subject, Predicate<String> ofCheck, Duration limit) {
    return failures(subject, ofCheck, limit, Set.of());
  }

  /**
   * @param emptied checks that are judged with nothing in them
   */
  private static Map<String, String> failures(
      Supplier<Subject> subject, Predicate<String> ofCheck, Duration limit, Set<String> emptied) {
    Map<String, String> failed = new LinkedHashMap<>();
    // the same checks in every profile, or a row would be right in one of them only
    Bench bench = new Bench().within(limit).profile(Profile.PROOF);
    for (var make : Areas.AREAS) {
      for (Method method : Areas.methods(make.apply(bench).getClass())) {
        Check check = method.getAnnotation(Check.class);
        if (!ofCheck.test(check.id())) {
          continue;
        }
        Area area = make.apply(bench.on(subject));
        CheckRunner.Body body =
            emptied.contains(check.id()) ? () -> {} : () -> invoke(method, area);
        CheckRunner.Outcome outcome =
            CheckRunner.judge(check, "Subject#" + method.getName(), bench, body);
        if (outcome instanceof CheckRunner.Outcome.Failed why) {
          failed.put(check.id(), String.valueOf(why.why().getMessage()));
        }
      }
    }
    return failed;
  }

  private static void invoke(Method method, Area area) throws Throwable {
    try {
      method.setAccessible(true);
      method.invoke(area);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
