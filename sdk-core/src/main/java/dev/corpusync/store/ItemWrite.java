package dev.corpusync.store;

import dev.corpusync.artifact.Artifact;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An item to store: its artifact, and what comes with it. Immutable; a later version may add
 * values.
 *
 * @since 0.1
 */
public final class ItemWrite {
  private final Artifact artifact;
  private final Optional<Derived> derived;
  private final Optional<Event> event;
  private final boolean accessChanged;
  private final int version;
  private final Optional<OlderRevision> older;

  private ItemWrite(
      Artifact artifact,
      Optional<Derived> derived,
      Optional<Event> event,
      boolean accessChanged,
      int version,
      Optional<OlderRevision> older) {
    this.artifact = artifact;
    this.derived = derived;
    this.event = event;
    this.accessChanged = accessChanged;
    this.version = version;
    this.older = older;
  }

  /** Returns an artifact without a document or an event, for containers and references. */
  public static ItemWrite of(Artifact artifact) {
    return new ItemWrite(artifact, Optional.empty(), Optional.empty(), false, 0, Optional.empty());
  }

  public ItemWrite withArtifact(Artifact other) {
    return new ItemWrite(other, derived, event, accessChanged, version, older);
  }

  public ItemWrite withDerived(Optional<Derived> document) {
    return new ItemWrite(artifact, document, event, accessChanged, version, older);
  }

  public ItemWrite withEvent(Optional<Event> told) {
    return new ItemWrite(artifact, derived, told, accessChanged, version, older);
  }

  public ItemWrite withAccessChanged(boolean changed) {
    return new ItemWrite(artifact, derived, event, changed, version, older);
  }

  /** Returns the item with the version of its stream, where it has no document that says it. */
  public ItemWrite withVersion(int ofStream) {
    return new ItemWrite(artifact, derived, event, accessChanged, ofStream, older);
  }

  public ItemWrite withOlder(Optional<OlderRevision> seen) {
    return new ItemWrite(artifact, derived, event, accessChanged, version, seen);
  }

  public Artifact artifact() {
    return artifact;
  }

  /** Its document; empty for containers and references, and where the stored one stays. */
  public Optional<Derived> derived() {
    return derived;
  }

  /** The version of the stream that answered for it: of its document, or as given. */
  public int version() {
    return derived.map(Derived::version).orElse(version);
  }

  /** The older revision that a full pass saw of it; empty once one of the two is settled. */
  public Optional<OlderRevision> older() {
    return older;
  }

  /** What to tell subscribers; empty when nothing that they see has changed. */
  public Optional<Event> event() {
    return event;
  }

  /**
   * Whether the readers of items that inherit from it change: the store tells subscribers of each
   * of those.
   */
  public boolean accessChanged() {
    return accessChanged;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemWrite w
        && w.artifact.equals(artifact)
        && w.derived.equals(derived)
        && w.event.equals(event)
        && w.accessChanged == accessChanged
        && w.version() == version()
        && w.older.equals(older);
  }

  @Override
  public int hashCode() {
    return Objects.hash(artifact, derived, event, accessChanged, version(), older);
  }

  /** Nothing of the content: the kind. */
  @Override
  public String toString() {
    return "ItemWrite(" + artifact.ref().kind() + ")";
  }

  /** What changed of a document. Immutable; a later version may add values. */
  public static final class Event {
    private final Set<Aspect> aspects;
    private final Set<String> changedChunks;
    private final Set<String> removedChunks;

    private Event(Set<Aspect> aspects, Set<String> changedChunks, Set<String> removedChunks) {
      this.aspects = aspects;
      this.changedChunks = changedChunks;
      this.removedChunks = removedChunks;
    }

    /** Returns an event that names no chunks. */
    public static Event of(Set<Aspect> aspects) {
      return new Event(aspects, Set.of(), Set.of());
    }

    public Event withChangedChunks(Set<String> keys) {
      return new Event(aspects, keys, removedChunks);
    }

    public Event withRemovedChunks(Set<String> keys) {
      return new Event(aspects, changedChunks, keys);
    }

    public Set<Aspect> aspects() {
      return aspects;
    }

    /** The keys of chunks that are new or have another text. */
    public Set<String> changedChunks() {
      return changedChunks;
    }

    /** The keys of chunks that were removed. */
    public Set<String> removedChunks() {
      return removedChunks;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Event e
          && e.aspects.equals(aspects)
          && e.changedChunks.equals(changedChunks)
          && e.removedChunks.equals(removedChunks);
    }

    @Override
    public int hashCode() {
      return Objects.hash(aspects, changedChunks, removedChunks);
    }

    @Override
    public String toString() {
      return "Event"
          + aspects
          + "("
          + changedChunks.size()
          + " chunks changed, "
          + removedChunks.size()
          + " removed)";
    }
  }
}
