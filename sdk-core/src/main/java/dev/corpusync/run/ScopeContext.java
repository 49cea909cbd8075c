package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.At;
import dev.corpusync.sync.Scope;
import java.util.Optional;

/** Where one scope stands in its run: its stream, its container, the run. */
record ScopeContext(
    RunContext run,
    StreamPlan plan,
    Scope scope,
    Optional<Item> parent,
    SettingsFingerprint fingerprint) {
  Item item(Json record) {
    return Item.of(record, parent, settings());
  }

  At at() {
    return At.of(settings(), parent);
  }

  Optional<Ref> parentRef() {
    return scope.partition();
  }

  Settings settings() {
    return fingerprint.watched();
  }
}
