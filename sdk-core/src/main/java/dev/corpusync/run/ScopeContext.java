package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Realm;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.At;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One scope of a run, with what its stages ask for: its stream, its container, its settings.
 *
 * @param parent the container, in a nested stream
 * @param fingerprint of the settings that the listing reads
 * @param answers what visibility, access and text read
 */
record ScopeContext(
    RunContext run,
    StreamPlan plan,
    Scope scope,
    Optional<Item> parent,
    SettingsFingerprint fingerprint,
    ScopeAnswers answers,
    UnreadParts unread) {
  /**
   * @param container the stored container, in a nested stream
   */
  static ScopeContext of(RunContext run, StreamPlan plan, Optional<Artifact> container) {
    Scope scope = container.map(c -> Scope.of(plan.kind(), c.ref())).orElse(Scope.of(plan.kind()));
    Settings settings = run.connection().settings();
    SettingsFingerprint fingerprint = new SettingsFingerprint(settings);
    return new ScopeContext(
        run,
        plan,
        scope,
        container.map(c -> StreamPlan.container(c, fingerprint.watched(), run::artifact)),
        fingerprint,
        new ScopeAnswers(
            plan,
            scope,
            settings,
            container.map(c -> StreamPlan.container(c, settings, run::artifact))),
        new UnreadParts(run, scope));
  }

  /** A record as its listing, its id and its revision see it. */
  Item item(Json record) {
    return Item.of(record, parent, settings());
  }

  At at() {
    return At.of(settings(), parent);
  }

  /** Where the parts of a record are listed. */
  At at(Payload owner) {
    Settings settings = fingerprint.watchedByParts();
    return At.of(settings, parent).of(Item.of(owner.json(), parent, settings));
  }

  /**
   * The identity of what the source calls {@code sourceId} in this scope.
   *
   * @throws dev.corpusync.error.InvalidIdentifierException when nothing can be stored under it
   */
  Ref ref(String sourceId) {
    return plan.ref(sourceId, parentRef());
  }

  /** The identities of these, without those under which nothing is stored. */
  List<Ref> find(Collection<String> sourceIds) {
    return sourceIds.stream().flatMap(id -> plan.find(id, parentRef()).stream()).toList();
  }

  /** What the ids of this scope begin with; empty where ids are unique everywhere. */
  Optional<String> nestedPrefix() {
    return plan.nestedPrefix(parentRef());
  }

  /** What the source calls an item of this scope. */
  String sourceId(String id) {
    return plan.sourceId(id, parentRef());
  }

  /** Whose users and groups the stream names. */
  Realm realm() {
    return run.connection().realm();
  }

  Optional<Ref> parentRef() {
    return scope.partition();
  }

  /** The settings; what is read of them becomes part of the fingerprint. */
  Settings settings() {
    return fingerprint.watched();
  }
}
