package dev.corpusync.testkit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Principal;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists of readers whose second page cannot be had. */
public final class IncompleteAccessLists {
  private static final int TRIES = 12;
  private final Subject subject;
  private final int status;

  public IncompleteAccessLists(Subject subject, int status) {
    this.subject = subject;
    this.status = status;
  }

  /** Something that was never read whole. */
  public void fromTheStart(Trial trial, List<Thing> restricted) {
    trial.quirks().pageSize(1);
    restricted.forEach(thing -> fault(trial, thing, 2));
    trial.sync();
    wasReached(trial);
    readers(trial).areNoMore("when the second page of readers never answered but " + status);
  }

  /** Something whose readers were known before. */
  public void later(Trial trial, Thing thing) {
    Map<Thing, Set<Principal>> before = new LinkedHashMap<>();
    readers(trial).documents().forEach((t, document) -> before.put(t, document.readers()));
    trial.quirks().pageSize(1);
    String path = path(thing);
    long asked = trial.server().exchanges().stream().filter(e -> e.path().equals(path)).count();
    fault(trial, thing, (int) asked + 2);
    trial.world().share(thing, withOneMore(trial, thing), true);
    trial.sync();
    wasReached(trial);
    String when = "when the second page of the readers of " + thing + " answers " + status;
    readers(trial)
        .documents()
        .forEach(
            (t, document) ->
                assertThat(
                        document.readers().equals(before.get(t))
                            || readers(trial).isRight(t, document)
                            || isKnownToBeUnread(trial)
                                && isChangedWith(thing, t)
                                && document.readers().isEmpty())
                    .as("whether %s has its readers as before %s: %s", t, when, document.readers())
                    .isTrue());
    trial.server().heal();
    // The record does not change again: what could not be read is asked for all the same.
    trial.world().pass(Duration.ofDays(2));
    trial.sync();
    trial.proveAbsences();
    readers(trial).areRight("once it is over, " + when);
  }

  /** "Nobody" is right only where it is known that it is not the source's answer. */
  private static boolean isKnownToBeUnread(Trial trial) {
    return !trial.store().journal().unreadParts(Trial.KEY, 1).isEmpty()
        || !trial.store().journal().failures(Trial.KEY, 1).isEmpty();
  }

  /** P5: what arrives with readers that are not known is read by nobody until they are. */
  private static boolean isChangedWith(Thing changed, Thing other) {
    return other.equals(changed) || other.findParent().filter(changed::equals).isPresent();
  }

  private static List<Person> withOneMore(Trial trial, Thing thing) {
    List<Person> more = new ArrayList<>(thing.readers());
    trial.world().people().stream()
        .filter(p -> !thing.readers().contains(p))
        .findFirst()
        .ifPresent(more::add);
    return more;
  }

  private void fault(Trial trial, Thing thing, int from) {
    for (int n = from; n < from + TRIES; n++) {
      trial.server().fault(path(thing), n, Fault.status(status));
    }
  }

  private static void wasReached(Trial trial) {
    assertThat(trial.server().exchanges().stream().map(Exchange::fault))
        .as("faults of requests for readers")
        .anyMatch(fault -> !fault.isEmpty());
  }

  private String path(Thing thing) {
    return subject
        .wire()
        .surface()
        .readersPath(thing)
        .orElseThrow(() -> new AssertionError("the wire format does not list readers of " + thing));
  }

  private AccessComparison readers(Trial trial) {
    return new AccessComparison(subject, trial);
  }
}
