package dev.corpusync.examples.demo.oauth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The facts of each step, as one JSON object. */
final class Facts {
  private final List<Map<String, Object>> steps = new ArrayList<>();

  /** Begins a step; further facts belong to it. */
  void step(String name) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("name", name);
    steps.add(step);
  }

  void fact(String name, Object value) {
    steps.get(steps.size() - 1).put(name, value);
  }

  String json() {
    return JsonMapper.builder()
        .build()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Map.of("steps", steps));
  }
}
