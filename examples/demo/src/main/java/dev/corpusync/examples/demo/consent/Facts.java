package dev.corpusync.examples.demo.consent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What was found to be so, act by act, as one JSON object. */
final class Facts {
  private final List<Map<String, Object>> acts = new ArrayList<>();

  /** From now on facts are of this act. */
  void act(String name) {
    Map<String, Object> act = new LinkedHashMap<>();
    act.put("name", name);
    acts.add(act);
  }

  void fact(String name, Object value) {
    acts.get(acts.size() - 1).put(name, value);
  }

  String json() {
    return JsonMapper.builder()
        .build()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Map.of("acts", acts));
  }
}
