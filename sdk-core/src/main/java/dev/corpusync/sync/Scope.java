package dev.corpusync.sync;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import java.util.Optional;

/**
 * What one cursor reads: a stream, or one partition of it, which is one container.
 *
 * @since 0.1
 */
public record Scope(Kind stream, Optional<Ref> partition) {
  public static Scope of(Kind stream) {
    return new Scope(stream, Optional.empty());
  }

  public static Scope of(Kind stream, Ref partition) {
    return new Scope(stream, Optional.of(partition));
  }

  /** Returns the reference of the container as text, or the empty text. */
  public String partitionKey() {
    return partition.map(Ref::toString).orElse("");
  }

  @Override
  public String toString() {
    return partition.map(p -> stream + " of " + p.kind()).orElse(stream.name());
  }
}
