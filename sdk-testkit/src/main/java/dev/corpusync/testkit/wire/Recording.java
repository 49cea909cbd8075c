package dev.corpusync.testkit.wire;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Records that the real API gave, to hold the wire format against: two that share one
 * misconception, connector and fake, agree with each other.
 *
 * @param name what was recorded
 * @param made when
 * @param records by kind, enough of them to show every form
 * @since 0.1
 */
public record Recording(String name, LocalDate made, Map<String, List<JsonNode>> records) {
  public Recording {
    records = Map.copyOf(records);
  }

  /** What the records of the wire format have that recorded ones never had. */
  public List<String> differences(String kind, List<? extends JsonNode> fakes) {
    Map<String, Set<String>> real = JsonShape.of(records.getOrDefault(kind, List.of()));
    List<String> differences = new ArrayList<>();
    JsonShape.of(List.copyOf(fakes))
        .forEach(
            (path, types) -> {
              Set<String> never = new TreeSet<>(types);
              never.removeAll(real.getOrDefault(path, Set.of()));
              if (!never.isEmpty()) {
                differences.add(kind + " " + path + " was never recorded as " + never);
              }
            });
    return differences;
  }
}
