package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Ref;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Hands out the scopes of a stream, one at a time: a single one, or one for each stored container.
 * In {@link FairOrder} after a run that the rate limit cut short. Safe for many threads.
 */
final class Partitions {
  private static final int PAGE = 200;
  private final RunContext run;
  private final StreamPlan plan;
  private final Queue<Artifact> ahead = new ArrayDeque<>();
  private Optional<String> after = Optional.empty();
  private final Queue<Ref> ordered;
  private boolean exhausted;

  Partitions(RunContext run, StreamPlan plan) {
    this.run = run;
    this.plan = plan;
    ordered =
        new ArrayDeque<>(
            plan.nested()
                .filter(n -> run.followsWait())
                .map(n -> new FairOrder(run).containersOf(plan, n.parent()))
                .orElse(List.of()));
    exhausted = !ordered.isEmpty();
  }

  /** The next scope; empty when all have been handed out. */
  synchronized Optional<ScopeContext> next() {
    if (plan.nested().isEmpty()) {
      boolean first = !exhausted;
      exhausted = true;
      return first ? Optional.of(ScopeContext.of(run, plan, Optional.empty())) : Optional.empty();
    }
    while (ahead.isEmpty() && !exhausted) {
      List<Artifact> page =
          run.store().corpus().artifactsAfter(run.key(), plan.nested().get().parent(), after, PAGE);
      // P6: the items of a container whose visibility is not known in this run stay as they are.
      page.stream().filter(container -> run.isJudged(container.ref())).forEach(ahead::add);
      exhausted = page.size() < PAGE;
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).ref().id());
    }
    return Optional.ofNullable(ahead.poll())
        .or(this::nextOrdered)
        .map(container -> ScopeContext.of(run, plan, Optional.of(container)));
  }

  private Optional<Artifact> nextOrdered() {
    while (!ordered.isEmpty()) {
      Ref ref = ordered.remove();
      Optional<Artifact> container =
          Optional.ofNullable(run.store().corpus().artifacts(run.key(), List.of(ref)).get(ref))
              .filter(c -> run.isJudged(ref));
      if (container.isPresent()) {
        return container;
      }
    }
    return Optional.empty();
  }

  /** Hands out no more scopes. */
  synchronized void stop() {
    exhausted = true;
    ordered.clear();
    ahead.clear();
  }
}
