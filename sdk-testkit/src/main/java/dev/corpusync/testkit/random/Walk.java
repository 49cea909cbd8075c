package dev.corpusync.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A random sequence of actions that one seed stands for. When a step fails, actions are taken out
 * as long as what is left still fails, and the rest is shown with its seed. For one thread.
 *
 * @param <S> the model and the real thing
 * @since 0.1
 */
public final class Walk<S> {
  private static final int REPLAYS = 2_000;
  private final Supplier<S> fresh;
  private final Function<SplittableRandom, Action<S>> next;
  private int replays;

  /** Where a sequence failed and how. */
  private record Failure(int step, Throwable cause) {}

  /**
   * @param fresh makes a state in which nothing has been done
   * @param next draws an action; from the random alone, so that a seed always means the same
   *     actions
   */
  public Walk(Supplier<S> fresh, Function<SplittableRandom, Action<S>> next) {
    this.fresh = fresh;
    this.next = next;
  }

  /**
   * @throws AssertionError with the seed and the shortest script that was found
   */
  public void walk(Seed seed) {
    SplittableRandom random = new SplittableRandom(seed.value());
    List<Action<S>> actions = new ArrayList<>();
    for (int i = 0; i < seed.steps(); i++) {
      actions.add(next.apply(random));
    }
    Optional<Failure> failure = play(actions);
    if (failure.isPresent()) {
      List<Action<S>> script = shrink(actions.subList(0, failure.get().step() + 1));
      Failure shown = play(script).orElse(failure.get());
      throw new AssertionError(
          "seed "
              + seed
              + ", step "
              + (failure.get().step() + 1)
              + "; the same with "
              + script.size()
              + " of its actions:\n"
              + show(script)
              + "\n"
              + shown.cause().getMessage(),
          shown.cause());
    }
  }

  private Optional<Failure> play(List<Action<S>> actions) {
    replays++;
    S state = fresh.get();
    for (int step = 0; step < actions.size(); step++) {
      Action<S> action = actions.get(step);
      try {
        if (action.isPossible(state)) {
          action.run(state);
        }
      } catch (AssertionError | RuntimeException e) {
        return Optional.of(new Failure(step, e));
      }
    }
    return Optional.empty();
  }

  /** Takes out halves, quarters, and so on down to single actions, as long as it still fails. */
  private List<Action<S>> shrink(List<Action<S>> failing) {
    List<Action<S>> shortest = List.copyOf(failing);
    int chunk = Math.max(1, shortest.size() / 2);
    boolean smaller = true;
    while (replays < REPLAYS && (chunk > 1 || smaller)) {
      smaller = false;
      for (int from = 0; from < shortest.size() && replays < REPLAYS; ) {
        List<Action<S>> tried = without(shortest, from, chunk);
        Optional<Failure> failure = play(tried);
        if (failure.isPresent()) {
          shortest = tried.subList(0, failure.get().step() + 1);
          smaller = true;
        } else {
          from += chunk;
        }
      }
      chunk = Math.max(1, chunk / 2);
    }
    return shortest;
  }

  private static <A> List<A> without(List<A> all, int from, int count) {
    List<A> rest = new ArrayList<>(all.subList(0, from));
    rest.addAll(all.subList(Math.min(from + count, all.size()), all.size()));
    return List.copyOf(rest);
  }

  private static String show(List<?> script) {
    StringBuilder text = new StringBuilder();
    for (Object action : script) {
      text.append("    ").append(action).append(";\n");
    }
    return text.toString();
  }
}
