package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order of streams and containers after a run that the rate limit cut short: what was read
 * longest ago comes first. In the declared order the first would use up the next budget too, and
 * the last would never be read.
 */
final class FairOrder {
  private static final int PAGE = 200;
  private final RunContext run;

  FairOrder(RunContext run) {
    this.run = run;
  }

  /**
   * Containers and references first, since documents depend on them; then document streams, by
   * their scope that was read longest ago.
   */
  List<StreamPlan> of(List<StreamPlan> plans) {
    if (!run.followsWait()) {
      return plans;
    }
    Stream<StreamPlan> first = plans.stream().filter(p -> !(p.stream() instanceof DocumentStream));
    Stream<StreamPlan> documents =
        plans.stream()
            .filter(p -> p.stream() instanceof DocumentStream)
            .map(p -> Map.entry(p, longestAgo(p)))
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey);
    return Stream.concat(first, documents).toList();
  }

  private Instant longestAgo(StreamPlan plan) {
    return plan.nested()
        .map(
            nested ->
                containers(nested.parent()).stream()
                    .map(c -> read(Scope.of(plan.kind(), c)))
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX))
        .orElseGet(() -> read(Scope.of(plan.kind())));
  }

  /** The stored containers, by when their items were read, the longest ago first. */
  List<Ref> containersOf(StreamPlan plan, Kind parent) {
    return containers(parent).stream()
        .map(c -> Map.entry(c, read(Scope.of(plan.kind(), c))))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Ref> containers(Kind kind) {
    List<Ref> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    while (true) {
      List<Artifact> page = run.store().corpus().artifactsAfter(run.key(), kind, after, PAGE);
      page.forEach(container -> all.add(container.ref()));
      if (page.size() < PAGE) {
        return all;
      }
      after = Optional.of(page.get(page.size() - 1).ref().id());
      run.alive();
    }
  }

  private Instant read(Scope scope) {
    return run.store()
        .checkpoints()
        .checkpoint(run.key(), scope)
        .flatMap(Checkpoint::watermark)
        .orElse(Instant.MIN);
  }
}
