package dev.corpusync.relational;

import dev.corpusync.artifact.Revision;
import dev.corpusync.connection.Account;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.OlderRevision;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.StoredCursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How values look in columns: times as microseconds since 1970, lists and maps as JSON, all text
 * {@linkplain Storable storable}.
 */
final class Encoding {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NONE = "[]";

  /** The one field of the object that holds a time, to tell it from a text. */
  private static final String TIME = "time";

  private Encoding() {}

  static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  static @Nullable Long micros(Optional<Instant> time) {
    return time.map(Encoding::micros).orElse(null);
  }

  static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  static String texts(Collection<String> texts) {
    if (texts.isEmpty()) {
      return NONE;
    }
    StringBuilder json = new StringBuilder();
    for (String text : texts) {
      json.append(json.isEmpty() ? '[' : ',');
      quote(text, json);
    }
    return json.append(']').toString();
  }

  static String principals(Collection<Principal> principals) {
    List<String> texts = new ArrayList<>(principals.size());
    for (Principal principal : principals) {
      texts.add(principal.toString());
    }
    return texts(texts);
  }

  /** By hand, since every row has a few of these: a tree for each would cost more than the row. */
  private static void quote(String text, StringBuilder json) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(Storable.text(text), json);
    json.append('"');
  }

  static Set<String> texts(String json) {
    Set<String> texts = new LinkedHashSet<>();
    if (!json.equals(NONE)) {
      read(json).forEach(node -> texts.add(node.stringValue()));
    }
    return texts;
  }

  static String ref(Optional<Ref> ref) {
    return ref.map(r -> Storable.text(r.toString())).orElse("");
  }

  static Optional<Ref> ref(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Ref.parse(text));
  }

  static String settings(Map<String, String> values) {
    ObjectNode object = JSON.createObjectNode();
    values.forEach((name, value) -> object.put(Storable.text(name), Storable.text(value)));
    return object.toString();
  }

  static Map<String, String> settings(String json) {
    Map<String, String> values = new TreeMap<>();
    read(json).properties().forEach(e -> values.put(e.getKey(), e.getValue().stringValue()));
    return values;
  }

  /** In one order, so that equal accounts are equal texts. */
  static String account(Optional<Account> account) {
    return account
        .map(
            a ->
                JSON.createArrayNode()
                    .add(Storable.text(a.id()))
                    .add(Storable.text(a.name()))
                    .add(Storable.text(a.site()))
                    .add(texts(new TreeSet<>(a.scopes())))
                    .add(texts(new TreeSet<>(a.keys())))
                    .toString())
        .orElse("");
  }

  static Optional<Account> account(String json) {
    if (json.isEmpty()) {
      return Optional.empty();
    }
    JsonNode parts = read(json);
    return Optional.of(
        new Account(
            parts.get(0).stringValue(),
            parts.get(1).stringValue(),
            parts.get(2).stringValue(),
            texts(parts.get(3).stringValue()),
            texts(parts.get(4).stringValue())));
  }

  static String fields(Map<String, Object> fields) {
    StringBuilder json = new StringBuilder("{");
    fields.forEach(
        (name, value) -> {
          json.append(json.length() > 1 ? "," : "");
          quote(name, json);
          json.append(':');
          append(value, json);
        });
    return json.append('}').toString();
  }

  private static void append(Object value, StringBuilder json) {
    if (value instanceof List<?> list) {
      json.append(texts(list.stream().map(String.class::cast).toList()));
    } else if (value instanceof Instant time) {
      json.append("{\"" + TIME + "\":");
      quote(time.toString(), json);
      json.append('}');
    } else if (value instanceof String text) {
      quote(text, json);
    } else {
      // a Long or a Boolean, as Document.build has checked
      json.append(value);
    }
  }

  static Map<String, Object> fields(String json) {
    Map<String, Object> fields = new TreeMap<>();
    read(json).properties().forEach(e -> fields.put(e.getKey(), value(e.getValue())));
    return fields;
  }

  private static Object value(JsonNode node) {
    if (node.isArray()) {
      List<String> texts = new ArrayList<>();
      node.forEach(text -> texts.add(text.stringValue()));
      return List.copyOf(texts);
    }
    if (node.isObject()) {
      return Instant.parse(node.get(TIME).stringValue());
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNumber() ? (Object) node.longValue() : node.stringValue();
  }

  static @Nullable String cursor(Optional<StoredCursor> cursor) {
    return cursor.map(c -> texts(List.of(c.owner(), c.format(), c.json()))).orElse(null);
  }

  static Optional<StoredCursor> cursor(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    JsonNode parts = read(json);
    return Optional.of(
        new StoredCursor(
            parts.get(0).stringValue(), parts.get(1).stringValue(), parts.get(2).stringValue()));
  }

  /** One bit for each, by position, which is why their order must never change. */
  static long aspects(Set<Aspect> aspects) {
    long bits = 0;
    for (Aspect aspect : aspects) {
      bits |= 1L << aspect.ordinal();
    }
    return bits;
  }

  static Set<Aspect> aspects(long bits) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      if ((bits & 1L << aspect.ordinal()) != 0) {
        aspects.add(aspect);
      }
    }
    if (aspects.isEmpty()) {
      // only aspects of a newer version: a subscriber reads the document again
      aspects.add(Aspect.CONTENT);
    }
    return aspects;
  }

  static long identity(FailedItem.Identity identity) {
    return switch (identity) {
      case UNIDENTIFIED -> 0;
      case IDENTIFIED -> 1;
      case REFUSED -> 2;
    };
  }

  /** Unidentified when a newer version wrote it, which lets nothing be deleted or promoted (P7). */
  static FailedItem.Identity identity(long stored) {
    return stored == 1
        ? FailedItem.Identity.IDENTIFIED
        : stored == 2 ? FailedItem.Identity.REFUSED : FailedItem.Identity.UNIDENTIFIED;
  }

  static byte[] longs(long[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    return buffer.array();
  }

  static long[] longs(byte[] bytes) {
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      // without the cause: its message holds the text
      throw new StoreException(
          "a stored value of "
              + json.length()
              + " characters is not JSON: was the database changed by hand? Restore it, or resync");
    }
  }

  /** Empty, or the round and the revision: no id of a run has a space. */
  static String older(Optional<OlderRevision> older) {
    return older
        .map(o -> Storable.text(o.round().replace(' ', '_') + " " + o.revision()))
        .orElse("");
  }

  static Optional<OlderRevision> older(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : Optional.of(
            new OlderRevision(Revision.parse(text.substring(space + 1)), text.substring(0, space)));
  }
}
