package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Thing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests for one record: they fail, in one way, for as long as one wants. */
final class OneRecordRequests {
  /** The third is in the middle of a page. */
  private static final int PLACE = 3;

  private final Area area;

  OneRecordRequests(Area area) {
    this.area = area;
  }

  /** The kinds of documents of which single records are asked for. */
  static List<DocumentStream> kinds(Subject subject) {
    return subject.documentStreams().stream()
        .filter(s -> subject.wire().surface().kindsWithOwnRequests().contains(s.kind().name()))
        .toList();
  }

  /**
   * All other records are read while they fail, and the one stays; once they do not, it is read.
   */
  void failFor(Fault fault) {
    for (DocumentStream stream : kinds(area.subject())) {
      failFor(stream, fault);
    }
  }

  private void failFor(DocumentStream stream, Fault fault) {
    String when = "while each request for one " + stream.kind() + " " + fault;
    try (Trial trial = area.trial()) {
      Area.whole(trial, "at first");
      List<Thing> things = trial.world().visible(stream.kind().name());
      Thing broken = asked(trial, things);
      Ref ref = area.subject().ref(stream, broken);
      int[] failed = {0};
      trial
          .server()
          .faulting(
              request -> {
                boolean fails = isFor(broken, request.path(), request.query());
                failed[0] += fails ? 1 : 0;
                return fails ? Optional.of(fault) : Optional.empty();
              });
      trial.world().edit(broken);
      for (int round = 0; round < 3; round++) {
        trial.pass(Duration.ofHours(1));
        trial.world().edit(things.get(round));
        trial.world().add();
        goesOn(round == 1 ? trial.resync() : trial.sync(), trial, ref, when);
      }
      if (Need.isFetchedByIds(stream)) {
        Ref other = area.subject().ref(stream, things.get(0));
        trial.process(engine -> engine.refresh(Trial.KEY, List.of(ref, other)));
        stays(trial, ref, when + ", and it was asked for by its id");
      }
      assertThat(failed[0]).as("requests for one %s", stream.kind()).isPositive();
      trial.server().heal();
      trial.pass(Duration.ofDays(2));
      trial.sync();
      trial.world().edit(broken);
      Area.whole(trial, "once requests for one " + stream.kind() + " no longer fail");
    }
  }

  private static void goesOn(Run run, Trial trial, Ref ref, String when) {
    assertThat(run.state())
        .as("the state of a run %s; its message: %s", when, run.message())
        .isIn(Run.State.SUCCEEDED, Run.State.NEEDS_REVIEW);
    trial.index().isWholeBut(ref, when);
    stays(trial, ref, when);
  }

  private static void stays(Trial trial, Ref ref, String when) {
    assertThat(trial.index().documents().containsKey(ref))
        .as("whether %s, which is still at the source, is stored %s", ref, when)
        .isTrue();
  }

  /** One that was asked for by itself already; where none was, one that can be. */
  private static Thing asked(Trial trial, List<Thing> things) {
    return things.stream()
        .filter(
            thing ->
                trial.server().exchanges().stream()
                    .anyMatch(e -> isFor(thing, e.path(), e.query())))
        .reduce((a, b) -> b)
        .orElse(things.get(PLACE));
  }

  /** Whether a request names the thing, and no other of its kind. */
  private static boolean isFor(Thing thing, String path, Map<String, List<String>> query) {
    String number = Integer.toString(thing.number());
    return Stream.concat(
            Arrays.stream(path.split("/"))
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8)),
            query.values().stream().flatMap(List::stream))
        .anyMatch(word -> word.equals(thing.id()) || word.equals(number));
  }
}
