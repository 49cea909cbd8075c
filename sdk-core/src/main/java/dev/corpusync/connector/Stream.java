package dev.corpusync.connector;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Source;

/**
 * One kind of thing, by its answers to a fixed set of questions. A question with a dangerous answer
 * has no default. Answers are pure functions of the item; an exception from one makes that item
 * fail, not its page (P10). Implement {@link DocumentStream}, {@link ContainerStream} or {@link
 * ReferenceStream}; further abilities are {@link Nested}, {@link HasParts} and {@link
 * FetchedByIds}.
 */
public sealed interface Stream permits DocumentStream, ContainerStream, ReferenceStream {
  /** What is it? */
  Kind kind();

  /** Where is it listed, and how are its changes learned? */
  Source source();

  /**
   * Which is it, in the source? For a nested stream with ids that are unique only under their
   * parent, that is still only its own id.
   */
  String id(Item item);

  /**
   * What tells two states of it apart, and which is the newer? By default its content: what was
   * read last wins.
   */
  default Revision revision(Item item) {
    return Revision.content();
  }
}
