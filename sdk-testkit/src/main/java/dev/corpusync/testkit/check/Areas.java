package dev.corpusync.testkit.check;

import dev.corpusync.testkit.trial.Bench;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All areas, in the order in which they run. */
public final class Areas {
  /** The areas; the fixture first. */
  public static final List<Function<Bench, Area>> AREAS =
      List.of(
          bench -> new FixtureChecks(bench) {},
          bench -> new NetworkIsolationChecks(bench) {},
          bench -> new ConfigurationChecks(bench) {},
          bench -> new PagingChecks(bench) {},
          bench -> new DriftChecks(bench) {},
          bench -> new ChangeChecks(bench) {},
          bench -> new WatermarkChecks(bench) {},
          bench -> new CrashChecks(bench) {},
          bench -> new InterruptionChecks(bench) {},
          bench -> new ScenarioChecks(bench) {},
          bench -> new RetryChecks(bench) {},
          bench -> new WaitChecks(bench) {},
          bench -> new BodyChecks(bench) {},
          bench -> new TransportChecks(bench) {},
          bench -> new PrivacyChecks(bench) {},
          bench -> new DeletionChecks(bench) {},
          bench -> new PermissionChecks(bench) {},
          bench -> new LookupChecks(bench) {},
          bench -> new TransformChecks(bench) {},
          bench -> new RecordChecks(bench) {},
          bench -> new TextChecks(bench) {},
          bench -> new CitationChecks(bench) {},
          bench -> new LinkChecks(bench) {},
          bench -> new ConcurrencyChecks(bench) {},
          bench -> new ResourceChecks(bench) {},
          bench -> new DeterminismChecks(bench) {},
          bench -> new ObservationChecks(bench) {},
          bench -> new LeakChecks(bench) {});

  private Areas() {}

  /** Every check, in the order of its area and its number. */
  public static List<Check> checks() {
    Bench bench = new Bench();
    return AREAS.stream()
        .flatMap(area -> methods(area.apply(bench).getClass()).stream())
        .map(m -> m.getAnnotation(Check.class))
        .toList();
  }

  /** The checks of an area by their ids. */
  public static List<Method> methods(Class<?> area) {
    return Arrays.stream(area.getMethods())
        .filter(m -> m.isAnnotationPresent(Check.class))
        .sorted(Comparator.comparing(m -> m.getAnnotation(Check.class).id()))
        .toList();
  }

  public static Set<String> idsOf(Class<?> area) {
    return methods(area).stream()
        .map(m -> m.getAnnotation(Check.class).id())
        .collect(Collectors.toSet());
  }
}
