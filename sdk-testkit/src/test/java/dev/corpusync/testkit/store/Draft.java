package dev.corpusync.testkit.store;

import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Validator;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A commit that can still be changed. */
public final class Draft {
  public Fence fence;
  public String run;
  public List<ItemWrite> items;
  public List<Commit.Deletion> deletions;
  public List<Ref> references;
  public List<Validator> validators;
  public List<FailedItem> failures;
  public List<Commit.Resolved> resolved;
  public Optional<Progress> progress;
  public Optional<Commit.Seen> seen;
  public Optional<Scope> forgetSeen;
  public Optional<HeldDeletion> held;
  public Optional<String> decided;
  public Optional<Run> record;
  public Counts counts;

  public Draft(Commit commit) {
    fence = commit.fence();
    run = commit.run();
    items = new ArrayList<>(commit.items());
    deletions = new ArrayList<>(commit.deletions());
    references = new ArrayList<>(commit.changedReferences());
    validators = new ArrayList<>(commit.validators());
    failures = new ArrayList<>(commit.failures());
    resolved = new ArrayList<>(commit.resolved());
    progress = commit.progress();
    seen = commit.seen();
    forgetSeen = commit.forgetSeen();
    held = commit.held();
    decided = commit.decided();
    record = commit.record();
    counts = commit.counts();
  }

  public Commit commit() {
    Commit.Builder commit = Commit.under(fence, run).count(counts);
    items.forEach(commit::item);
    deletions.forEach(commit::delete);
    references.forEach(commit::referenceChanged);
    validators.forEach(commit::validator);
    failures.forEach(commit::failed);
    resolved.forEach(r -> commit.resolved(r.scope(), r.id()));
    progress.ifPresent(commit::progress);
    seen.ifPresent(commit::seen);
    forgetSeen.ifPresent(commit::forgetSeen);
    held.ifPresent(commit::held);
    decided.ifPresent(commit::decided);
    record.ifPresent(commit::record);
    return commit.build();
  }
}
