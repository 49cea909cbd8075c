package dev.corpusync.examples.demo;

import dev.corpusync.sync.Counts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The facts of a demo, as one JSON object: {@code ./demo --json}. */
final class Report {
  final List<Phase> phases = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  int documents;
  int connecting;
  int requests;

  /**
   * One step of the demo.
   *
   * @param counts from the run's record
   * @param requests as counted by the source
   */
  record Phase(String name, Counts counts, int requests) {
    private Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("name", name);
      facts.put("seen", counts.seen());
      facts.put("stored", counts.stored());
      facts.put("unchanged", counts.unchanged());
      facts.put("hidden", counts.hidden());
      facts.put("failed", counts.failed());
      facts.put("deleted", counts.deleted());
      facts.put("events", counts.events());
      facts.put("requests", requests);
      return facts;
    }
  }

  record Answer(String person, String query, List<SearchIndex.Hit> hits) {}

  String json() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("documents", documents);
    facts.put("requests", requests);
    facts.put("connecting", connecting);
    facts.put("phases", phases.stream().map(Phase::facts).toList());
    facts.put("answers", answers);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(facts);
  }
}
