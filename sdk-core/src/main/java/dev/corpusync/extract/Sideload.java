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
 * Related records that an API sends beside those of a page, each once: the users of some tickets,
 * JSON:API's {@code included}. Every record is stored with those that it names, as an array in a
 * field of its own, made of the bytes as received. One that is named and was not sent is left out:
 * the record still has its id.
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
   * @param path to the array of related records
   * @param into the field that a record gets, which it does not have already
   * @param key what a related record is called
   * @param named what a record calls those that it refers to, in the same words
   */
  public static Sideload of(
      String path, String into, Function<Json, String> key, Function<Json, List<String>> named) {
    if (into.isEmpty() || !into.matches("[\\w-]+")) {
      throw new IllegalArgumentException("a sideload goes into a field with a plain name");
    }
    return new Sideload(path, into, key, named);
  }

  /**
   * JSON:API: what a record's {@code relationships} name by type and id, from {@code included},
   * into the record's {@code included}.
   */
  public static Sideload jsonApi() {
    return of("included", "included", Sideload::typeAndId, Sideload::related);
  }

  private static String typeAndId(Json resource) {
    return resource.text("type") + "/" + resource.id("id");
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
   * The records with what they name.
   *
   * @throws MalformedReplyException when they name something and the reply has no such array at all
   */
  List<Payload> into(Reply reply, List<Payload> records) {
    boolean sent = reply.json().has(path);
    Map<String, Payload> related = sent ? byKey(reply.records(path)) : Map.of();
    return records.stream().map(record -> with(reply, record, related, sent)).toList();
  }

  private Map<String, Payload> byKey(List<Payload> sent) {
    Map<String, Payload> all = new HashMap<>();
    sent.forEach(
        p -> orNothing(p, j -> Optional.of(key.apply(j))).ifPresent(k -> all.putIfAbsent(k, p)));
    return all;
  }

  private Payload with(Reply reply, Payload record, Map<String, Payload> related, boolean sent) {
    if (!record.json().tree().isObject()) {
      return record;
    }
    // A record whose references cannot be read is left as it is, to fail by its own questions
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
