package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.examples.github.GitHub;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.CrashPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The documents of a real repository, compared field by field with an independent reading of the
 * recording.
 */
class RecordedIssuesTest {
  private static final int ISSUES = 606;
  @TempDir Path folder;
  private final RecordedExchanges recording = RecordedExchanges.orSkip();

  /** The expected content, from the recording. */
  private record Expected(
      String title,
      String author,
      List<String> labels,
      Instant created,
      Instant updated,
      boolean pullRequest,
      URI link) {}

  private Rig rig() {
    RecordedGitHub github = RecordedGitHub.of(recording.file());
    return new Rig(new GitHub(), github.api(), github::settings, folder);
  }

  @Test
  void each_issue_becomes_one_document_with_the_recorded_content() {
    try (Rig rig = rig()) {
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.documents()).hasSize(ISSUES);
      Map<Ref, Expected> found = rig.process(CrashPlan.counting(), engine -> found(rig, engine));
      assertThat(found).isEqualTo(expected());
      Counts counts = run.counts();
      // The repository is a record too.
      assertThat(counts.seen()).isEqualTo(ISSUES + 1);
      assertThat(counts.stored()).isEqualTo(ISSUES + 1);
      assertThat(counts.unchanged() + counts.hidden() + counts.failed()).isZero();
      assertThat(counts.deleted()).isZero();
      // The account was requested once before, when the connection was made.
      assertThat(counts.requests()).isEqualTo(rig.server.count() - 1);
    }
  }

  @Test
  void comments_that_were_not_recorded_stay_unknown_and_nothing_is_deleted() {
    try (Rig rig = rig()) {
      rig.sync();
      assertUnknownWhereThereAreAny(rig);
      Map<Ref, StoredDocument> before = rig.documents();
      for (Run run : List.of(rig.sync(), rig.resync())) {
        Counts counts = run.counts();
        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(counts.seen())
            .isEqualTo(counts.stored() + counts.unchanged() + counts.hidden() + counts.failed());
        assertThat(counts.deleted() + counts.events()).isZero();
      }
      assertThat(rig.documents()).isEqualTo(before);
      assertUnknownWhereThereAreAny(rig);
    }
  }

  private void assertUnknownWhereThereAreAny(Rig rig) {
    Map<Ref, StoredDocument> stored = rig.documents();
    int unknown = 0;
    for (JsonNode issue : recording.issues()) {
      boolean discussed = issue.get("comments").asInt() > 0;
      StoredDocument document = stored.get(ref(issue));
      assertThat(document.missing().contains("comments")).as("%s", ref(issue)).isEqualTo(discussed);
      assertThat(document.chunks()).noneMatch(chunk -> chunk.key().startsWith("comment-"));
      unknown += discussed ? 1 : 0;
    }
    assertThat(unknown).isBetween(1, ISSUES - 1);
  }

  private Map<Ref, Expected> expected() {
    Map<Ref, Expected> all = new TreeMap<>();
    for (JsonNode issue : recording.issues()) {
      List<String> labels = new ArrayList<>();
      issue.get("labels").forEach(label -> labels.add(label.get("name").stringValue()));
      all.put(
          ref(issue),
          new Expected(
              issue.get("title").stringValue(),
              issue.get("user").get("login").stringValue(),
              labels,
              Instant.parse(issue.get("created_at").stringValue()),
              Instant.parse(issue.get("updated_at").stringValue()),
              issue.get("pull_request") != null,
              URI.create(issue.get("html_url").stringValue())));
    }
    return all;
  }

  private Ref ref(JsonNode issue) {
    long repository = recording.repository().get("id").longValue();
    return Kind.of("issue").ref(repository + "/" + issue.get("number").intValue());
  }

  private Map<Ref, Expected> found(Rig rig, Corpusync engine) {
    Map<Ref, Expected> all = new TreeMap<>();
    for (StoredDocument document : rig.documents().values()) {
      Map<String, Object> fields = document.fields();
      all.put(
          document.ref(),
          new Expected(
              document.title(),
              (String) fields.get("author"),
              labels(fields.get("labels")),
              (Instant) fields.get("created"),
              (Instant) fields.get("updated"),
              (Boolean) fields.get("pull_request"),
              engine.link(Rig.KEY, document.ref(), Optional.empty()).orElseThrow()));
    }
    return all;
  }

  private static List<String> labels(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(String.class::cast).toList()
        : List.of();
  }
}
