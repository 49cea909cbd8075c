package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Related records that an API sends beside those of a page, each once: the users of the tickets,
 * JSON:API's {@code included}. Each record is stored with the related records that it names, as an
 * array in an additional field, made of the bytes as received. A related record that is named but
 * not sent is left out. Immutable.
 *
 * @since 0.1
 */
public final class Sideload {
  private final String path;
  private final String into;
  private final Function<Json, String> key;
  private final Function<Json, List<String>> named;

  private Sideload(
      String path, String into, Function<Json, String> key, Function<Json, List<String>> named) {
    this.path = path;
    this.into = into;
    this.key = key;
    this.named = named;
  }

  /**
   * Describes related records.
   *
   * @param path to the array of related records
   * @param into the field that a record gets, which it does not have already
   * @param key the key of a related record
   * @param named the keys of the related records that a record names
   */
  public static Sideload of(
      String path, String into, Function<Json, String> key, Function<Json, List<String>> named) {
    if (into.isEmpty() || !into.matches("[\\w-]+")) {
      throw new IllegalArgumentException("a sideload goes into a field with a plain name");
    }
    return new Sideload(path, into, key, named);
  }

  /**
   * JSON:API's related records: those of {@code included} that a record's {@code relationships}
   * name by type and id are stored in the record's {@code included}.
   */
  public static Sideload jsonApi() {
    return of("included", "included", Sideload::typeAndId, Sideload::related);
  }

  private static String typeAndId(Json resource) {
    String type = resource.text("type");
    // Its length first, so that no other type and id are the same key.
    return type.length() + ":" + type + "/" + resource.id("id");
  }

  private static List<String> related(Json resource) {
    List<String> all = new ArrayList<>();
    resource
        .find("relationships")
        .ifPresent(
            relationships ->
                relationships
                    .tree()
                    .valueStream()
                    .map(r -> Json.of(r.path("data")))
                    .flatMap(d -> d.tree().isArray() ? d.each("").stream() : d.find("").stream())
                    .forEach(d -> all.add(typeAndId(d))));
    return all;
  }

  /**
   * Returns the records with their related records.
   *
   * @throws MalformedReplyException when they name related records and the reply has no such array
   */
  List<Payload> into(Reply reply, List<Payload> records) {
    boolean sent = reply.json().has(path);
    List<Payload> beside = sent ? reply.records(path) : List.of();
    reply.refuseFlaws(beside);
    Map<String, Payload> related = byKey(beside);
    return records.stream().map(record -> with(reply, record, related, sent)).toList();
  }

  private Map<String, Payload> byKey(List<Payload> sent) {
    Map<String, Payload> all = new HashMap<>();
    sent.forEach(
        p -> orNothing(p, j -> Optional.of(key.apply(j))).ifPresent(k -> all.putIfAbsent(k, p)));
    return all;
  }

  private Payload with(Reply reply, Payload record, Map<String, Payload> related, boolean sent) {
    if (record.flaw().isPresent() || !record.json().tree().isObject()) {
      return record;
    }
    // A record whose references cannot be read is left as it is: it fails when the stream reads it
    // (P10).
    Optional<Set<String>> names =
        orNothing(record, j -> Optional.of(new LinkedHashSet<>(named.apply(j))));
    if (names.isEmpty()) {
      return record;
    }
    if (!sent && !names.get().isEmpty()) {
      throw new MalformedReplyException(
          reply.call()
              + " answered without '"
              + path
              + "' though its records name some of it: check the path, and that the call asks for it");
    }
    List<byte[]> own = new ArrayList<>();
    names
        .get()
        .forEach(n -> Optional.ofNullable(related.get(n)).ifPresent(p -> own.add(p.bytes())));
    return spliced(record, own);
  }

  private static <T> Optional<T> orNothing(Payload record, Function<Json, Optional<T>> question) {
    try {
      return question.apply(record.json());
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  private Payload spliced(Payload record, List<byte[]> related) {
    byte[] bytes = record.bytes();
    int end = bytes.length - 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    out.write(bytes, 0, end);
    String comma = record.json().tree().isEmpty() ? "" : ",";
    out.writeBytes((comma + '"' + into + "\":[").getBytes(StandardCharsets.UTF_8));
    String separator = "";
    for (byte[] one : related) {
      out.writeBytes(separator.getBytes(StandardCharsets.UTF_8));
      out.writeBytes(one);
      separator = ",";
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return Payload.of(out.toByteArray());
  }
}
