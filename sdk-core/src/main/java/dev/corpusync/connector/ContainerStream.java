package dev.corpusync.connector;

/**
 * A stream of containers, such as repositories, channels or drives. Nested streams are read once
 * for each container. Its visibility, and its access where it is inherited, apply to what is in it.
 *
 * @since 0.1
 */
public non-sealed interface ContainerStream extends Stream, Guarded {
  /**
   * Returns the version of {@link #visibility} and {@link #access}, at least 1. Raise it when one
   * of them changes: both are then asked again of every stored container, without a request (P9).
   */
  default int version() {
    return 1;
  }
}
