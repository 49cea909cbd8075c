package dev.corpusync.connector;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Source;

/**
 * A stream of records of one kind: how they are listed, identified and read. Implement {@link
 * DocumentStream}, {@link ContainerStream} or {@link ReferenceStream}; add {@link Nested}, {@link
 * HasParts} or {@link FetchedByIds} where they apply.
 *
 * <p>Methods are pure functions of the item, called by any thread. An exception makes that item
 * fail, not its page (P10). A method whose wrong default would be dangerous has no default.
 *
 * <p>A minor release may add further kinds of stream, and methods with a default. Code that
 * switches over the kinds needs a default branch.
 *
 * @since 0.1
 */
public sealed interface Stream permits DocumentStream, ContainerStream, ReferenceStream {
  /** Returns the kind of the records. */
  Kind kind();

  /** Returns where the records are read from, and how changes are found. */
  Source source();

  /**
   * Returns the id of a record in the source. In a nested stream it is the record's own id, without
   * that of the container, also where ids are unique in one container only.
   */
  String id(Item item);

  /**
   * Returns the version of a record, so that an older state does not overwrite a newer one. By
   * default there is none: the state that was read last wins.
   */
  default Revision revision(Item item) {
    return Revision.content();
  }
}
