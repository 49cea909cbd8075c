package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.transform.Lookups;
import java.util.List;
import java.util.Optional;

/** Correct and unusual: each sentence is a passage, and titles say more. */
public final class SentenceReference extends BugReference {
  @Override
  public Document transform(Item bug, Lookups lookups) {
    Document.Builder document = Document.titled("Bug: " + bug.text("subject"));
    for (String sentence : bug.findText("text").orElse("").split("(?<=[.\\n])")) {
      document.body(sentence);
    }
    return document
        .field(PRIORITY, bug.findNumber("priority"))
        .field(URGENT, urgent(bug))
        .field(STATE, bug.findText("state").or(() -> Optional.of("open")))
        .fields(TAGS, List.of("all"))
        .field(CHANGED, bug.instant("updated_at"))
        .build();
  }
}
