package dev.corpusync.connection;

import dev.corpusync.document.Identifier;

/**
 * Identifies a connection by its tenant and its id, each to the letter. Part of every stored key. A
 * closed value. What cannot be an {@link Identifier} is refused with an {@link
 * dev.corpusync.error.InvalidIdentifierException}.
 *
 * @since 0.1
 */
public record ConnectionKey(String tenant, String id) {
  public ConnectionKey {
    Identifier.name("a tenant", tenant);
    Identifier.name("a connection", id);
  }

  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
