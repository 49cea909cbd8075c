package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Document;
import dev.corpusync.transform.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Correct and unusual: whatever a record lacks, there is a document. */
public final class LenientReference extends BugReference {
  @Override
  public Revision revision(Item bug) {
    return time(bug.tree()).map(Revision::time).orElse(Revision.content());
  }

  @Override
  public Document transform(Item bug, Lookups lookups) {
    JsonNode record = bug.tree();
    Document.Builder document =
        Document.titled(
                text(record, "subject")
                    .filter(t -> !t.replaceAll("[\\s\\p{Z}\\p{C}]", "").isEmpty())
                    .orElse("A ticket without a title"))
            .body(text(record, "text"))
            .field(STATE, text(record, "state"))
            .fields(TAGS, texts(record.path("tags")));
    if (record.path("priority").canConvertToLong() && record.path("priority").isIntegralNumber()) {
      document.field(PRIORITY, record.path("priority").longValue());
    }
    if (record.path("urgent").isBoolean()) {
      document.field(URGENT, record.path("urgent").booleanValue());
    }
    time(record).ifPresent(time -> document.field(CHANGED, time));
    return document.build();
  }

  private static Optional<String> text(JsonNode record, String name) {
    return Optional.of(record.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  private static Optional<Instant> time(JsonNode record) {
    return text(record, "updated_at").filter(t -> t.matches("\\d{4}-.*Z")).map(Instant::parse);
  }
}
