package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.PartRead;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A commit that can still be changed. */
public final class MutableCommit {
  public Fence fence;
  public String run;
  public List<ItemWrite> items;
  public List<Commit.Deletion> deletions;
  public List<Dependency> changed;
  public List<ScopeDependency> scopeDependencies;
  public List<UnreadPart> unread;
  public List<PartRead> read;
  public List<EntityTag> validators;
  public List<FailedItem> failures;
  public List<Commit.Resolved> resolved;
  public Optional<Checkpoint> checkpoint;
  public Optional<Commit.Seen> seen;
  public Optional<Scope> clearSeen;
  public Optional<HeldDeletion> held;
  public Optional<Commit.PlanIds> heldIds;
  public Optional<Commit.PlanIds> released;
  public Optional<String> decided;
  public Optional<Run> record;
  public Optional<FullPassReason> fullPassOwed;
  public Counts counts;

  public MutableCommit(Commit commit) {
    fence = commit.fence();
    run = commit.run();
    items = new ArrayList<>(commit.items());
    deletions = new ArrayList<>(commit.deletions());
    changed = new ArrayList<>(commit.changed());
    scopeDependencies = new ArrayList<>(commit.scopeDependencies());
    unread = new ArrayList<>(commit.unread());
    read = new ArrayList<>(commit.read());
    validators = new ArrayList<>(commit.entityTags());
    failures = new ArrayList<>(commit.failures());
    resolved = new ArrayList<>(commit.resolved());
    checkpoint = commit.checkpoint();
    seen = commit.seen();
    clearSeen = commit.clearSeen();
    held = commit.held();
    heldIds = commit.heldIds();
    released = commit.released();
    decided = commit.decided();
    record = commit.record();
    fullPassOwed = commit.fullPassOwed();
    counts = commit.counts();
  }

  public Commit commit() {
    Commit.Builder commit = Commit.under(fence, run).count(counts);
    items.forEach(commit::item);
    deletions.forEach(commit::delete);
    changed.forEach(commit::changed);
    scopeDependencies.forEach(commit::scopeDependency);
    unread.forEach(commit::unread);
    read.forEach(commit::read);
    validators.forEach(commit::entityTag);
    failures.forEach(commit::failed);
    resolved.forEach(r -> commit.resolved(r.scope(), r.id()));
    checkpoint.ifPresent(commit::checkpoint);
    seen.ifPresent(commit::seen);
    clearSeen.ifPresent(commit::clearSeen);
    held.ifPresent(commit::held);
    heldIds.ifPresent(h -> commit.heldIds(h.plan(), h.ids()));
    released.ifPresent(r -> commit.released(r.plan(), r.ids()));
    decided.ifPresent(commit::decided);
    record.ifPresent(commit::record);
    fullPassOwed.ifPresent(commit::fullPassOwed);
    return commit.build();
  }
}
