package dev.corpusync.testkit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records that come otherwise than they should, several in one run, each of another thing: fewer
 * than a run puts up with.
 */
public final class MutatedRecords {
  /** A run puts up with twenty records that fail. */
  public static final int MOST = 16;

  /**
   * One way.
   *
   * @param mayHide whether the record may say no longer that it is visible
   */
  public record Odd(String what, UnaryOperator<ObjectNode> change, boolean mayHide) {}

  private final Subject subject;
  private final Trial trial;
  private final DocumentStream stream;
  private final Map<Thing, Odd> odd = new HashMap<>();
  private final Map<JsonNode, ObjectNode> changed = new HashMap<>();
  private final List<Odd> left;

  /** Each is the oddity of the next thing that it changes anything of. */
  public MutatedRecords(Subject subject, Trial trial, DocumentStream stream, List<Odd> ways) {
    this.subject = subject;
    this.trial = trial;
    this.stream = stream;
    List<Thing> free = new ArrayList<>(trial.world().visible(stream.kind().name()));
    for (Odd way : ways) {
      for (Thing thing : free) {
        ObjectNode plain = subject.wire().surface().shown(thing).orElseThrow();
        ObjectNode other = way.change().apply(plain);
        if (!other.equals(plain)) {
          odd.put(thing, way);
          changed.put(plain, other);
          free.remove(thing);
          break;
        }
      }
    }
    left = ways.stream().filter(way -> !odd.containsValue(way)).toList();
    assertThat(odd).as("oddities that change a record, of %s", ways).isNotEmpty();
    trial.quirks().record(json -> Optional.ofNullable(changed.get(json)).orElse(json));
  }

  /** Those for which no thing was left: few records have all that some have. */
  public List<Odd> left() {
    return left;
  }

  /** They are no more. */
  public void heal() {
    trial.quirks().record(json -> json);
  }

  public Set<Thing> things() {
    return odd.keySet();
  }

  public Set<Ref> refs() {
    return odd.keySet().stream().map(t -> subject.ref(stream, t)).collect(Collectors.toSet());
  }

  /**
   * Reads; every other document must be whole, and each odd record be stored under its own id, be
   * hidden if it says so, or be reported.
   */
  public Run costNobodyElse() {
    Run run = trial.sync();
    String ways = odd.values().stream().map(Odd::what).sorted().collect(Collectors.joining(", "));
    assertThat(run.state())
        .as("the state of a run with %s; its message: %s", ways, run.message())
        .isIn(Run.State.SUCCEEDED, Run.State.NEEDS_REVIEW);
    Index index = trial.index();
    index.isWholeBut(refs(), "after a run with " + ways);
    List<FailedItem> failures = trial.store().journal().failures(Trial.KEY, 100);
    List<String> lost = new ArrayList<>();
    odd.forEach(
        (thing, way) -> {
          Ref ref = subject.ref(stream, thing);
          boolean told =
              index.documents().containsKey(ref)
                  || way.mayHide()
                  || failures.stream().anyMatch(f -> f.isIdentified() && f.id().equals(ref.id()));
          if (!told) {
            lost.add(way.what());
          }
        });
    assertThat(failures)
        .as("failed items")
        .allSatisfy(f -> assertThat(f.reason()).as("the reason of %s", f.id()).isNotBlank());
    assertThat(failures.stream().filter(f -> !f.isIdentified()).count())
        .as(
            "failed items without an id, for the records that are neither stored nor failed: %s",
            lost)
        .isGreaterThanOrEqualTo(lost.size());
    return run;
  }
}
