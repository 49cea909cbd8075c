package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A document as stored, with its readers worked out through its container.
 *
 * @param fields as {@link Document#fields()}
 * @param readers who may read it now; nobody when that is unknown
 * @param missing parts that could not be read yet
 */
public record StoredDocument(
    ConnectionKey connection,
    Ref ref,
    Optional<Ref> parent,
    String title,
    Map<String, Object> fields,
    List<Chunk> chunks,
    Set<Principal> readers,
    String metadataHash,
    Set<String> missing) {
  /** Nothing of the content. */
  @Override
  public String toString() {
    return "StoredDocument(" + ref.kind() + ")";
  }
}
