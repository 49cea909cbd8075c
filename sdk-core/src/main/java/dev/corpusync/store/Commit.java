package dev.corpusync.store;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.document.Ref;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one step of a run writes, as a value. Order within: deletions, then items, so
 * that an item that is deleted and listed in one page stays. Built by the engine only.
 *
 * @since 0.1
 */
public final class Commit {
  private final Fence fence;
  private final String run;
  private final List<ItemWrite> items;
  private final List<Deletion> deletions;
  private final List<Dependency> changed;
  private final List<ScopeDependency> scopeDependencies;
  private final List<EntityTag> entityTags;
  private final List<FailedItem> failures;
  private final List<Resolved> resolved;
  private final List<UnreadPart> unread;
  private final List<PartRead> read;
  private final Optional<Checkpoint> checkpoint;
  private final Optional<Seen> seen;
  private final Optional<Scope> clearSeen;
  private final Optional<HeldDeletion> held;
  private final Optional<PlanIds> heldIds;
  private final Optional<PlanIds> released;
  private final Optional<String> decided;
  private final Optional<Run> record;
  private final Optional<FullPassReason> fullPassOwed;
  private final Counts counts;

  /** A failed item that is no longer one. */
  public record Resolved(Scope scope, String id) {}

  /** Ids of items of a held deletion; a page of them, as a plan may hold a million. */
  public record PlanIds(String plan, List<String> ids) {
    public PlanIds {
      ids = List.copyOf(ids);
    }
  }

  /**
   * An item to delete: from one scope, or from any.
   *
   * @param missedBy the scope that no longer has it: what lies under another parent by now has
   *     moved there, and stays; empty for what goes wherever it lies
   */
  public record Deletion(Ref ref, Optional<Scope> missedBy) {
    /** The container that it goes from; empty where that does not matter. */
    public Optional<Ref> place() {
      return missedBy.flatMap(Scope::partition);
    }
  }

  /**
   * 64-bit fingerprints of the ids that one page listed: one small row a page, not a row an item.
   */
  public static final class Seen {
    private final Scope scope;
    private final int page;
    private final long[] ids;

    private Seen(Scope scope, int page, long[] ids) {
      this.scope = scope;
      this.page = page;
      this.ids = ids;
    }

    /**
     * @param page its number within the pass
     * @param ids fingerprints, not copied
     */
    public static Seen of(Scope scope, int page, long[] ids) {
      return new Seen(scope, page, ids);
    }

    public Scope scope() {
      return scope;
    }

    public int page() {
      return page;
    }

    public long[] ids() {
      return ids;
    }
  }

  private Commit(Builder from) {
    fence = from.fence;
    run = from.run;
    items = List.copyOf(from.items);
    deletions = List.copyOf(from.deletions);
    changed = List.copyOf(from.changed);
    scopeDependencies = List.copyOf(from.scopeDependencies);
    entityTags = List.copyOf(from.entityTags);
    failures = List.copyOf(from.failures);
    resolved = List.copyOf(from.resolved);
    unread = List.copyOf(from.unread);
    read = List.copyOf(from.read);
    checkpoint = Optional.ofNullable(from.checkpoint);
    seen = Optional.ofNullable(from.seen);
    clearSeen = Optional.ofNullable(from.clearSeen);
    held = Optional.ofNullable(from.held);
    heldIds = Optional.ofNullable(from.heldIds);
    released = Optional.ofNullable(from.released);
    decided = Optional.ofNullable(from.decided);
    record = Optional.ofNullable(from.record);
    fullPassOwed = Optional.ofNullable(from.fullPassOwed);
    counts = from.counts;
  }

  public static Builder under(Fence fence, String run) {
    return new Builder(fence, run);
  }

  public Fence fence() {
    return fence;
  }

  /** The id of the run whose counts this adds to. */
  public String run() {
    return run;
  }

  public List<ItemWrite> items() {
    return items;
  }

  /**
   * What is deleted, each with everything below it: items whose parent it is, their documents,
   * events, failures, checkpoint. Missing ones are no error. Whether one has moved is decided by
   * what is stored when the commit is applied, since partitions are read concurrently.
   */
  public List<Deletion> deletions() {
    return deletions;
  }

  /**
   * What has changed, besides what {@link #deletions()} name: each item that looked it up, and each
   * item of a scope that depends on it, becomes stale with this commit (P9).
   */
  public List<Dependency> changed() {
    return changed;
  }

  /** What the items of a scope depend on; kept until the container of the scope is deleted. */
  public List<ScopeDependency> scopeDependencies() {
    return scopeDependencies;
  }

  public List<EntityTag> entityTags() {
    return entityTags;
  }

  public List<FailedItem> failures() {
    return failures;
  }

  public List<Resolved> resolved() {
    return resolved;
  }

  /** Parts that could not be read; deleted with their item. */
  public List<UnreadPart> unread() {
    return unread;
  }

  public List<PartRead> read() {
    return read;
  }

  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  public Optional<Seen> seen() {
    return seen;
  }

  /** The scope whose seen pages are no longer needed; applied before {@link #seen()}. */
  public Optional<Scope> clearSeen() {
    return clearSeen;
  }

  /**
   * A plan to keep, without ids; one of the same scope replaces the one before, with its ids.
   * Applied before {@link #heldIds()}.
   */
  public Optional<HeldDeletion> held() {
    return held;
  }

  /** Ids to add to a plan that is kept; one that is there stays. */
  public Optional<PlanIds> heldIds() {
    return heldIds;
  }

  /** Ids to take off a plan. Missing ones are no error. */
  public Optional<PlanIds> released() {
    return released;
  }

  /** A plan that is carried out or dismissed: it goes with the ids that it still holds. */
  public Optional<String> decided() {
    return decided;
  }

  /**
   * The run as it begins or ends. Its counts are ignored when the run is already there: those were
   * added commit by commit.
   */
  public Optional<Run> record() {
    return record;
  }

  /**
   * Why every scope of the connection that has a checkpoint owes a full pass from now on. A scope
   * that owes one already keeps its own reason; applied before {@link #checkpoint()}.
   */
  public Optional<FullPassReason> fullPassOwed() {
    return fullPassOwed;
  }

  /** What this adds to the run, without deletions and events, which the store counts. */
  public Counts counts() {
    return counts;
  }

  /**
   * The features that a store must support to keep all of this, derived from what it carries. A
   * store refuses a commit that needs another one.
   */
  public Set<Feature> needs() {
    return CommitNeeds.of(this);
  }

  /** Every feature that {@link #needs()} of some commit of this version can hold. */
  public static Set<Feature> mayNeed() {
    return CommitNeeds.ALL;
  }

  /** Collects a commit. Not for use by two threads. */
  public static final class Builder {
    private final Fence fence;
    private final String run;
    private final List<ItemWrite> items = new ArrayList<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final List<Dependency> changed = new ArrayList<>();
    private final List<ScopeDependency> scopeDependencies = new ArrayList<>();
    private final List<UnreadPart> unread = new ArrayList<>();
    private final List<PartRead> read = new ArrayList<>();
    private final List<EntityTag> entityTags = new ArrayList<>();
    private final List<FailedItem> failures = new ArrayList<>();
    private final List<Resolved> resolved = new ArrayList<>();
    private @Nullable Checkpoint checkpoint;
    private @Nullable Seen seen;
    private @Nullable Scope clearSeen;
    private @Nullable HeldDeletion held;
    private @Nullable PlanIds heldIds;
    private @Nullable PlanIds released;
    private @Nullable String decided;
    private @Nullable Run record;
    private @Nullable FullPassReason fullPassOwed;
    private Counts counts = Counts.ZERO;

    private Builder(Fence fence, String run) {
      this.fence = fence;
      this.run = run;
    }

    public Builder item(ItemWrite item) {
      items.add(item);
      return this;
    }

    /** Wherever it lies. */
    public Builder delete(Ref ref) {
      return delete(new Deletion(ref, Optional.empty()));
    }

    /** Unless it lies in another scope by now. */
    public Builder delete(Ref ref, Scope missedBy) {
      return delete(new Deletion(ref, Optional.of(missedBy)));
    }

    public Builder delete(Deletion deletion) {
      deletions.add(deletion);
      return this;
    }

    public Builder changed(Dependency what) {
      changed.add(what);
      return this;
    }

    public Builder scopeDependency(ScopeDependency dependency) {
      scopeDependencies.add(dependency);
      return this;
    }

    public Builder unread(UnreadPart part) {
      unread.add(part);
      return this;
    }

    public Builder read(PartRead part) {
      read.add(part);
      return this;
    }

    public Builder entityTag(EntityTag tag) {
      entityTags.add(tag);
      return this;
    }

    public Builder failed(FailedItem item) {
      failures.add(item);
      return this;
    }

    public Builder resolved(Scope scope, String id) {
      resolved.add(new Resolved(scope, id));
      return this;
    }

    public Builder checkpoint(Checkpoint next) {
      checkpoint = next;
      return this;
    }

    public Builder seen(Seen page) {
      seen = page;
      return this;
    }

    public Builder clearSeen(Scope scope) {
      clearSeen = scope;
      return this;
    }

    public Builder held(HeldDeletion plan) {
      held = plan;
      return this;
    }

    public Builder heldIds(String plan, List<String> ids) {
      heldIds = new PlanIds(plan, ids);
      return this;
    }

    public Builder released(String plan, List<String> ids) {
      released = new PlanIds(plan, ids);
      return this;
    }

    public Builder decided(String plan) {
      decided = plan;
      return this;
    }

    public Builder record(Run begunOrEnded) {
      record = begunOrEnded;
      return this;
    }

    /** Every scope that has a checkpoint owes a full pass. */
    public Builder fullPassOwed(FullPassReason reason) {
      fullPassOwed = reason;
      return this;
    }

    public Builder count(Counts more) {
      counts = counts.plus(more);
      return this;
    }

    public Commit build() {
      return new Commit(this);
    }
  }
}
