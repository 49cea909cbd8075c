package dev.corpusync.artifact;

import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import java.util.Optional;

/**
 * One record as the API returned it, with its parts and who may read it. It can only be made of a
 * visible record (P6). Immutable.
 *
 * @since 0.1
 */
public final class Artifact {
  private final Ref ref;
  private final Optional<Ref> parent;
  private final Revision revision;
  private final Payload payload;
  private final Parts parts;
  private final Access access;

  private Artifact(
      Ref ref,
      Optional<Ref> parent,
      Revision revision,
      Payload payload,
      Parts parts,
      Access access) {
    this.ref = ref;
    this.parent = parent;
    this.revision = revision;
    this.payload = payload;
    this.parts = parts;
    this.access = access;
  }

  /**
   * Makes an artifact of a visible record.
   *
   * @throws IllegalArgumentException when the record is hidden
   */
  public static Artifact of(
      Ref ref,
      Optional<Ref> parent,
      Revision revision,
      Payload payload,
      Parts parts,
      Visibility visibility,
      Access access) {
    if (!visibility.isVisible()) {
      throw new IllegalArgumentException("a hidden record cannot become an artifact");
    }
    return new Artifact(ref, parent, revision, payload, parts, access);
  }

  /** Restores a stored artifact; takes ownership of the arrays. */
  public static Artifact stored(
      Ref ref,
      Optional<Ref> parent,
      Revision revision,
      byte[] payload,
      byte[] parts,
      Access access) {
    return new Artifact(ref, parent, revision, Payload.of(payload), Parts.decoded(parts), access);
  }

  /** Kind and id. */
  public Ref ref() {
    return ref;
  }

  /** The container that it was listed under. */
  public Optional<Ref> parent() {
    return parent;
  }

  /** What tells two states of it apart. */
  public Revision revision() {
    return revision;
  }

  /** The record as received. */
  public Payload payload() {
    return payload;
  }

  /** The parts that are known. */
  public Parts parts() {
    return parts;
  }

  /** Who may read it. */
  public Access access() {
    return access;
  }

  @Override
  public String toString() {
    return "Artifact(" + ref.kind() + ")";
  }
}
