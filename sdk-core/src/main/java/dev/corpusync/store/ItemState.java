package dev.corpusync.store;

import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store says of an artifact without reading its content. Immutable; a later version may add
 * values.
 *
 * @since 0.1
 */
public final class ItemState {
  private final String hash;
  private final Revision revision;
  private final Optional<Ref> parent;
  private final Access access;
  private final int version;
  private final boolean stale;
  private final Optional<OlderRevision> older;

  private ItemState(Builder from) {
    hash = from.hash;
    revision = from.revision;
    parent = from.parent;
    access = from.access;
    version = from.version;
    stale = from.stale;
    older = from.older;
  }

  /** Returns a builder of the state of an artifact without hash, revision, access or document. */
  public static Builder builder() {
    return new Builder();
  }

  /** The hash of its payload. */
  public String hash() {
    return hash;
  }

  public Revision revision() {
    return revision;
  }

  public Optional<Ref> parent() {
    return parent;
  }

  public Access access() {
    return access;
  }

  /** The version of the stream that answered for it; 0 for a reference. */
  public int version() {
    return version;
  }

  /** Whether something that its answers were made of has changed since. */
  public boolean stale() {
    return stale;
  }

  /** The older revision that a full pass saw of it since it was stored. */
  public Optional<OlderRevision> older() {
    return older;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemState s
        && s.hash.equals(hash)
        && s.revision.equals(revision)
        && s.parent.equals(parent)
        && s.access.equals(access)
        && s.version == version
        && s.stale == stale
        && s.older.equals(older);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hash, revision, parent, access, version, stale, older);
  }

  /** Nothing of the content: the version and whether it is stale. */
  @Override
  public String toString() {
    return "ItemState(version " + version + (stale ? ", stale)" : ")");
  }

  /** Collects a state. Not for use by two threads. */
  public static final class Builder {
    private String hash = "";
    private Revision revision = Revision.content();
    private Optional<Ref> parent = Optional.empty();
    private Access access = Access.unknown("not stored");
    private int version;
    private boolean stale;
    private Optional<OlderRevision> older = Optional.empty();

    private Builder() {}

    public Builder hash(String ofPayload) {
      hash = ofPayload;
      return this;
    }

    public Builder revision(Revision stored) {
      revision = stored;
      return this;
    }

    public Builder parent(Optional<Ref> container) {
      parent = container;
      return this;
    }

    public Builder access(Access stored) {
      access = stored;
      return this;
    }

    public Builder version(int ofStream) {
      version = ofStream;
      return this;
    }

    public Builder stale(boolean mustBeDerivedAgain) {
      stale = mustBeDerivedAgain;
      return this;
    }

    public Builder older(Optional<OlderRevision> seen) {
      older = seen;
      return this;
    }

    public ItemState build() {
      return new ItemState(this);
    }
  }
}
