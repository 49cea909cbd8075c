package dev.corpusync.artifact;

import dev.corpusync.document.Hash;
import dev.corpusync.error.MalformedRecordException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of one record as received: a slice of the page, parsed at most once, never serialised
 * again.
 *
 * @since 0.1
 */
public final class Payload {
  /** Stands for what cannot be read in the JSON of a {@linkplain #flaw flawed} record. */
  public static final char REPLACED = '\uFFFD';

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final byte[] buffer;
  private final int offset;
  private final int length;
  private final @Nullable String flaw;
  private @Nullable JsonNode tree;
  private @Nullable String hash;

  private Payload(
      byte[] buffer, int offset, int length, @Nullable JsonNode tree, @Nullable String flaw) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.tree = tree;
    this.flaw = flaw;
  }

  /** Wraps an array, which must not change afterwards. */
  public static Payload of(byte[] bytes) {
    return new Payload(bytes, 0, bytes.length, null, null);
  }

  /** A slice of a buffer, which must not change afterwards. */
  static Payload slice(byte[] buffer, int offset, int length) {
    return new Payload(buffer, offset, length, null, null);
  }

  /** A slice of a buffer, which must not change afterwards, with the tree parsed from it. */
  public static Payload slice(byte[] buffer, int offset, int length, JsonNode tree) {
    return new Payload(buffer, offset, length, tree, null);
  }

  /**
   * A slice that is not JSON in UTF-8, which is never stored: it becomes a failed item (P10).
   *
   * @param readable what can be read of it, with {@link #REPLACED} for the rest
   * @param flaw the predicate of a message whose subject is the record; without content
   */
  public static Payload flawed(
      byte[] buffer, int offset, int length, Optional<JsonNode> readable, String flaw) {
    return new Payload(buffer, offset, length, readable.orElse(null), flaw);
  }

  /** Returns why the bytes cannot be stored as they were received; empty for almost all. */
  public Optional<String> flaw() {
    return Optional.ofNullable(flaw);
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** The number of bytes. */
  public int length() {
    return length;
  }

  /** SHA-256 of the bytes, in hex. */
  public String hash() {
    if (hash == null) {
      hash = Hash.of(buffer, offset, length);
    }
    return hash;
  }

  /**
   * Returns the record as JSON, parsed on the first call; of a flawed one what can be read.
   *
   * @throws MalformedRecordException when the bytes are not JSON
   */
  public Json json() {
    if (tree == null && flaw != null) {
      throw new MalformedRecordException("a record of " + length + " bytes " + flaw);
    }
    if (tree == null) {
      try {
        tree = MAPPER.readTree(buffer, offset, length);
      } catch (JacksonException e) {
        throw new MalformedRecordException("a record of " + length + " bytes is not JSON");
      }
    }
    return Json.of(tree);
  }
}
