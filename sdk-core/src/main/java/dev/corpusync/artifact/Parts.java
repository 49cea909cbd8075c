package dev.corpusync.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The known parts of one record, each a list of records as received. A part that is not here is
 * unknown, not empty. One that could not be read again after its record had changed is kept as
 * outdated: text may show it, access may not rest on it (P5). Immutable.
 *
 * @since 0.1
 */
public final class Parts {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Parts NONE = new Parts(new TreeMap<>(), Set.of());

  /** Before the name of an outdated part where it is stored; no part's name begins with it. */
  private static final String OUTDATED = "~";

  private final SortedMap<String, List<Payload>> known;
  private final Set<String> outdated;

  private Parts(SortedMap<String, List<Payload>> known, Set<String> outdated) {
    this.known = known;
    this.outdated = outdated;
  }

  /** No known parts. */
  public static Parts none() {
    return NONE;
  }

  /** Returns these parts with one added or replaced. */
  public Parts with(Part part, List<Payload> records) {
    SortedMap<String, List<Payload>> all = new TreeMap<>(known);
    all.put(part.name(), List.copyOf(records));
    Set<String> old = new TreeSet<>(outdated);
    old.remove(part.name());
    return new Parts(all, old);
  }

  /** Returns these parts with one that was read before its record changed, and not since. */
  public Parts withOutdated(Part part, List<Payload> records) {
    Parts all = with(part, records);
    Set<String> old = new TreeSet<>(outdated);
    old.add(part.name());
    return new Parts(all.known, old);
  }

  /** Whether a part is known, and was read after the last change of its record. */
  public boolean isCurrent(Part part) {
    return known.containsKey(part.name()) && !outdated.contains(part.name());
  }

  /** Returns the records of a part as JSON; empty when it is unknown or outdated. */
  public Optional<List<Json>> findCurrent(Part part) {
    return outdated.contains(part.name()) ? Optional.empty() : find(part);
  }

  /** Whether every part has the same records, byte for byte, as in the other parts. */
  public boolean sameRecords(Parts other) {
    return Arrays.equals(
        new Parts(known, Set.of()).encoded(), new Parts(other.known, Set.of()).encoded());
  }

  /** Whether one part has the same records, byte for byte, and is as current, as in the others. */
  public boolean same(Parts other, Part part) {
    return isCurrent(part) == other.isCurrent(part) && only(part).sameRecords(other.only(part));
  }

  private Parts only(Part part) {
    return payloads(part).map(records -> NONE.with(part, records)).orElse(NONE);
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
      String mark = outdated.contains(part.getKey()) ? OUTDATED : "";
      out.writeBytes(
          (separator + '"' + mark + part.getKey() + "\":[").getBytes(StandardCharsets.UTF_8));
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
    Set<String> outdated = new TreeSet<>();
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        String part = name.startsWith(OUTDATED) ? name.substring(OUTDATED.length()) : name;
        if (!part.equals(name)) {
          outdated.add(part);
        }
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
    return new Parts(all, outdated);
  }

  @Override
  public String toString() {
    return "Parts" + known.keySet();
  }
}
