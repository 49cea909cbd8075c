package dev.corpusync.connector;

import dev.corpusync.artifact.Item;

/** Things that others only mention: users, labels. Stored for lookups, never searched. */
public non-sealed interface ReferenceStream extends Stream {
  /** What is shown in its place? */
  String name(Item item);
}
