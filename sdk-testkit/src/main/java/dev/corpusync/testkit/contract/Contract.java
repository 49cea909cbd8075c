package dev.corpusync.testkit.contract;

import java.util.List;
import java.util.function.Function;

/** All areas, in the order in which they run. */
final class Contract {
  /** The areas; the fixture first. */
  static final List<Function<Bench, Area>> AREAS =
      List.of(
          bench -> new FixtureChecks(bench) {},
          bench -> new OutsideChecks(bench) {},
          bench -> new ConfigurationChecks(bench) {},
          bench -> new PagingChecks(bench) {},
          bench -> new ChangeChecks(bench) {},
          bench -> new CrashChecks(bench) {},
          bench -> new InterruptionChecks(bench) {},
          bench -> new RetryChecks(bench) {},
          bench -> new WaitChecks(bench) {},
          bench -> new BodyChecks(bench) {},
          bench -> new TransportChecks(bench) {},
          bench -> new PrivacyChecks(bench) {},
          bench -> new DeletionChecks(bench) {},
          bench -> new PermissionChecks(bench) {},
          bench -> new LookupChecks(bench) {},
          bench -> new TransformChecks(bench) {},
          bench -> new CitationChecks(bench) {},
          bench -> new ConcurrencyChecks(bench) {},
          bench -> new ResourceChecks(bench) {},
          bench -> new DeterminismChecks(bench) {},
          bench -> new ObservationChecks(bench) {});

  private Contract() {}
}
