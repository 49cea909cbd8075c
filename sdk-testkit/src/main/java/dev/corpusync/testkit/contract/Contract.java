package dev.corpusync.testkit.contract;

import java.util.List;
import java.util.function.Function;

/** All areas, in the order in which they run. */
final class Contract {
  /** The areas; the fixture first. */
  static final List<Function<Bench, Area>> AREAS =
      List.of(
          bench -> new FixtureChecks(bench) {},
          bench -> new PagingChecks(bench) {},
          bench -> new CrashChecks(bench) {});

  private Contract() {}
}
