package dev.corpusync.run;

import dev.corpusync.document.Ref;
import dev.corpusync.store.PartRead;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of one scope that could not be read, and when they are asked for again: in the next
 * run, then with a growing delay (P5, P10). Safe for many threads.
 */
final class UnreadParts {
  /** Beyond these, what is unread waits until others have been read. */
  private static final int MOST_KNOWN = 1_000;

  private static final int MOST_IN_A_RUN = 100;
  private static final Duration FIRST_DELAY = Duration.ofMinutes(15);
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);
  private final RunContext run;
  private final Scope scope;
  private final Map<PartRead, UnreadPart> known = new LinkedHashMap<>();
  private final Set<PartRead> asked = new HashSet<>();
  private boolean loaded;

  UnreadParts(RunContext run, Scope scope) {
    this.run = run;
    this.scope = scope;
  }

  /** Whether this part could not be read before. */
  synchronized boolean contains(Ref item, String part) {
    load();
    return known.containsKey(new PartRead(item, part));
  }

  /** Notes that a part was read. */
  synchronized void read(Ref item, String part) {
    known.remove(new PartRead(item, part));
  }

  /** Notes that a part could not be read, and returns what is to be stored of that. */
  synchronized UnreadPart unread(Ref item, String part, String reason) {
    load();
    PartRead key = new PartRead(item, part);
    UnreadPart before = known.get(key);
    int attempts = before == null ? 1 : before.attempts() + 1;
    Instant now = run.now();
    UnreadPart unread =
        UnreadPart.builder(scope, item, part)
            .reason(reason)
            .first(now)
            .last(now)
            .next(now.plus(delay(attempts)))
            .build();
    known.put(key, unread.toBuilder().attempts(attempts).build());
    asked.add(key);
    return unread;
  }

  /**
   * The items with parts that are due and were not asked for in this run, in the order of their
   * turn.
   *
   * @param mode in a full pass that was asked for, all are due
   */
  synchronized List<Ref> due(Mode mode) {
    load();
    Set<Ref> items = new java.util.LinkedHashSet<>();
    for (Map.Entry<PartRead, UnreadPart> entry : known.entrySet()) {
      boolean isDue = mode == Mode.FULL || !entry.getValue().next().isAfter(run.now());
      if (isDue && !asked.contains(entry.getKey())) {
        items.add(entry.getKey().item());
      }
    }
    List<Ref> all = new ArrayList<>(items);
    return mode == Mode.FULL ? all : all.subList(0, Math.min(all.size(), MOST_IN_A_RUN));
  }

  private static Duration delay(int attempts) {
    if (attempts == 1) {
      return Duration.ZERO;
    }
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 2, 10));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }

  private void load() {
    if (!loaded) {
      loaded = true;
      run.store()
          .journal()
          .unreadParts(run.key(), scope, MOST_KNOWN)
          .forEach(part -> known.putIfAbsent(new PartRead(part.item(), part.part()), part));
    }
  }
}
