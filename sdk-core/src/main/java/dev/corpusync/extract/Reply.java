package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.store.EntityTag;
import dev.corpusync.sync.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of 2xx, or 304 to a conditional call. Not for use by two threads.
 *
 * @since 0.1
 */
public final class Reply {
  private final String call;
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Optional<Instant> date;
  private RecordSplitter.@Nullable Split split;

  /**
   * @param call the request, for messages
   * @param headers names in lower case
   * @param body owned by the reply
   * @param date the source's time
   */
  public Reply(
      String call,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      Optional<Instant> date) {
    this.call = call;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.date = date;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /**
   * Returns how far this answer of a listing may prove that a record that it lacks is deleted. Only
   * 200, and 304 to a condition that the engine sent, is a whole answer: a cache or proxy may have
   * made a 203, a 202 or a 206 may have left records out.
   */
  public Proof proof(Call asked) {
    if (status == 200 || status == 304) {
      return Proof.SAID;
    }
    if (asked.empty().contains(status)) {
      return Proof.INFERRED;
    }
    return status == 201 || status == 203 ? Proof.NONE : Proof.UNFINISHED;
  }

  /** Returns whether there is no body, or one of blanks only. */
  boolean isBlank() {
    for (byte b : body) {
      if (b < 0 || b > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Whether the status is 304. */
  public boolean isNotModified() {
    return status == 304;
  }

  /** The source's time, from the {@code Date} header; empty when it sent none. */
  public Optional<Instant> date() {
    return date;
  }

  /** The first header of this name, in any case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The {@code ETag}; empty when there is none, or it cannot be sent back in a header. */
  public Optional<String> entityTag() {
    return header("etag").filter(EntityTag::isSendable);
  }

  /** All headers of this name, in any case. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * The target of the {@code Link} header with this relation, anywhere in the header.
   *
   * @throws MalformedReplyException when the headers are longer than 64 kB
   */
  public Optional<String> link(String relation) {
    return LinkHeader.find(call, headers("link"), relation);
  }

  /**
   * The records at a path ({@code ""} for the whole body), each with its bytes as received.
   *
   * @throws MalformedReplyException when there is no array
   */
  public List<Payload> records(String path) {
    split = RecordSplitter.split(call, body, path, false);
    return split.records();
  }

  /**
   * The same for an API that returns {@code null} where there are none; a path that does not exist
   * is still an error.
   */
  public List<Payload> recordsOrNull(String path) {
    split = RecordSplitter.split(call, body, path, true);
    return split.records();
  }

  /** For what is read whole or not at all. */
  void refuseFlaws(List<Payload> records) {
    records.stream()
        .flatMap(record -> record.flaw().stream())
        .findFirst()
        .ifPresent(
            flaw -> {
              throw new MalformedReplyException(call + " answered with a record that " + flaw);
            });
  }

  /** The whole body as one record. */
  public Payload record() {
    return Payload.slice(body, 0, body.length, tree().tree());
  }

  /** The body as JSON; after {@link #records} without the elements of that array. */
  public Json json() {
    return split == null ? tree() : split.envelope();
  }

  private Json tree() {
    return RecordSplitter.parse(call, body);
  }

  /** The request, for messages. */
  public String call() {
    return call;
  }

  @Override
  public String toString() {
    return call + " answered " + status;
  }
}
