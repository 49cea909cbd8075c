package dev.corpusync.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The known parts of one record, each a list of records as received. A part that is not here is
 * unknown, not empty. Immutable.
 *
 * @since 0.1
 */
public final class Parts {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Parts NONE = new Parts(new TreeMap<>());
  private final SortedMap<String, List<Payload>> known;

  private Parts(SortedMap<String, List<Payload>> known) {
    this.known = known;
  }

  /** No known parts. */
  public static Parts none() {
    return NONE;
  }

  /** Returns these parts with one added or replaced. */
  public Parts with(Part part, List<Payload> records) {
    SortedMap<String, List<Payload>> all = new TreeMap<>(known);
    all.put(part.name(), List.copyOf(records));
    return new Parts(all);
  }

  /** Returns the records of a part as JSON; empty when it is unknown. */
  public Optional<List<Json>> find(Part part) {
    return Optional.ofNullable(known.get(part.name()))
        .map(records -> records.stream().map(Payload::json).toList());
  }

  /** Returns the records of a part as received; empty when it is unknown. */
  public Optional<List<Payload>> payloads(Part part) {
    return Optional.ofNullable(known.get(part.name()));
  }

  /** The names of the known parts, sorted. */
  public Collection<String> names() {
    return known.keySet();
  }

  /** Encodes the parts as one JSON object of arrays, made of the bytes as received. */
  public byte[] encoded() {
    if (known.isEmpty()) {
      return new byte[] {'{', '}'};
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('{');
    String separator = "";
    for (Map.Entry<String, List<Payload>> part : known.entrySet()) {
      out.writeBytes((separator + '"' + part.getKey() + "\":[").getBytes(StandardCharsets.UTF_8));
      String comma = "";
      for (Payload record : part.getValue()) {
        out.writeBytes(comma.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(record.bytes());
        comma = ",";
      }
      out.write(']');
      separator = ",";
    }
    out.write('}');
    return out.toByteArray();
  }

  /** Decodes what {@link #encoded()} returned, byte for byte; takes ownership of the array. */
  public static Parts decoded(byte[] bytes) {
    SortedMap<String, List<Payload>> all = new TreeMap<>();
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String part = parser.currentName();
        List<Payload> records = new ArrayList<>();
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          parser.finishToken();
          int end = (int) parser.currentLocation().getByteOffset();
          records.add(Payload.slice(bytes, start, end - start));
        }
        all.put(part, records);
      }
    }
    return new Parts(all);
  }

  @Override
  public String toString() {
    return "Parts" + known.keySet();
  }
}
