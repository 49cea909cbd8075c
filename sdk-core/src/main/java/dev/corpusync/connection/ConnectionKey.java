package dev.corpusync.connection;

/**
 * Identifies a connection by its tenant and its id. Part of every stored key. A closed value.
 *
 * @since 0.1
 */
public record ConnectionKey(String tenant, String id) {
  public ConnectionKey {
    if (tenant.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("a connection key needs a tenant and an id");
    }
  }

  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
