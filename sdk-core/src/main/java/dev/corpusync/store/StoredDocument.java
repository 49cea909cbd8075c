package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A document as stored, with its readers worked out through its container. Immutable; a later
 * version may add values.
 *
 * @since 0.1
 */
public final class StoredDocument {
  private final ConnectionKey connection;
  private final Ref ref;
  private final Optional<Ref> parent;
  private final String title;
  private final Map<String, Object> fields;
  private final List<Chunk> chunks;
  private final Set<Principal> readers;
  private final String metadataHash;
  private final Set<String> missing;

  private StoredDocument(Builder from) {
    connection = from.connection;
    ref = from.ref;
    parent = from.parent;
    title = from.title;
    fields = from.fields;
    chunks = from.chunks;
    readers = from.readers;
    metadataHash = from.metadataHash;
    missing = from.missing;
  }

  /** Returns a builder of an empty document that nobody may read. */
  public static Builder builder(ConnectionKey connection, Ref ref) {
    return new Builder(connection, ref);
  }

  /** Returns a builder that begins with this document. */
  public Builder toBuilder() {
    return new Builder(connection, ref)
        .parent(parent)
        .title(title)
        .fields(fields)
        .chunks(chunks)
        .readers(readers)
        .metadataHash(metadataHash)
        .missing(missing);
  }

  public ConnectionKey connection() {
    return connection;
  }

  public Ref ref() {
    return ref;
  }

  public Optional<Ref> parent() {
    return parent;
  }

  public String title() {
    return title;
  }

  /** As {@link Document#fields()}. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** The chunks, in their order. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** Who may read it now; nobody when that is unknown. */
  public Set<Principal> readers() {
    return readers;
  }

  public String metadataHash() {
    return metadataHash;
  }

  /** The parts that could not be read yet. */
  public Set<String> missing() {
    return missing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredDocument d
        && d.connection.equals(connection)
        && d.ref.equals(ref)
        && d.parent.equals(parent)
        && d.title.equals(title)
        && d.fields.equals(fields)
        && d.chunks.equals(chunks)
        && d.readers.equals(readers)
        && d.metadataHash.equals(metadataHash)
        && d.missing.equals(missing);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        connection, ref, parent, title, fields, chunks, readers, metadataHash, missing);
  }

  /** Returns the kind, without content. */
  @Override
  public String toString() {
    return "StoredDocument(" + ref.kind() + ")";
  }

  /** Collects a document. Not for use by two threads. */
  public static final class Builder {
    private final ConnectionKey connection;
    private final Ref ref;
    private Optional<Ref> parent = Optional.empty();
    private String title = "";
    private Map<String, Object> fields = Map.of();
    private List<Chunk> chunks = List.of();
    private Set<Principal> readers = Set.of();
    private String metadataHash = "";
    private Set<String> missing = Set.of();

    private Builder(ConnectionKey connection, Ref ref) {
      this.connection = connection;
      this.ref = ref;
    }

    public Builder parent(Optional<Ref> value) {
      parent = value;
      return this;
    }

    public Builder title(String value) {
      title = value;
      return this;
    }

    public Builder fields(Map<String, Object> value) {
      fields = value;
      return this;
    }

    public Builder chunks(List<Chunk> value) {
      chunks = value;
      return this;
    }

    public Builder readers(Set<Principal> value) {
      readers = value;
      return this;
    }

    public Builder metadataHash(String value) {
      metadataHash = value;
      return this;
    }

    public Builder missing(Set<String> value) {
      missing = value;
      return this;
    }

    public StoredDocument build() {
      return new StoredDocument(this);
    }
  }
}
