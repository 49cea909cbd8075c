package dev.corpusync.artifact;

import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import java.util.Optional;

/**
 * One visible record as received, with its parts and who may read it. It cannot be made without a
 * visibility that says yes (P6).
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

  /** Restores what a store kept; it was visible when it was stored. */
  public static Artifact stored(
      Ref ref,
      Optional<Ref> parent,
      Revision revision,
      byte[] payload,
      byte[] parts,
      Access access) {
    return new Artifact(ref, parent, revision, Payload.of(payload), Parts.decoded(parts), access);
  }

  public Ref ref() {
    return ref;
  }

  /** The container that it was listed under. */
  public Optional<Ref> parent() {
    return parent;
  }

  public Revision revision() {
    return revision;
  }

  public Payload payload() {
    return payload;
  }

  public Parts parts() {
    return parts;
  }

  public Access access() {
    return access;
  }

  @Override
  public String toString() {
    return "Artifact(" + ref.kind() + ")";
  }
}
