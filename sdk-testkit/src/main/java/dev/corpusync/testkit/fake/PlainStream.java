package dev.corpusync.testkit.fake;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Optional;

/**
 * A stream of a fake API whose records have an {@code id} and are public.
 *
 * @since 0.1
 */
public interface PlainStream extends DocumentStream {
  @Override
  default String id(Item item) {
    return item.id("id");
  }

  @Override
  default Visibility visibility(Item item) {
    return Visibility.declared("all that this API shows is public");
  }

  @Override
  default Access access(Item item) {
    return Access.wholeConnection("this API has no permissions below the account");
  }

  @Override
  default int version() {
    return 1;
  }

  /** Its id is its title. */
  @Override
  default Document transform(Item item, Lookups lookups) {
    return Document.titled(id(item)).build();
  }

  @Override
  default Optional<URI> cite(Citation passage) {
    return Optional.empty();
  }
}
