package dev.corpusync.examples.demo;

import dev.corpusync.document.Ref;
import dev.corpusync.examples.fakes.RecordedGitHub;
import dev.corpusync.testkit.fake.FakeApi;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** Serves recorded exchanges of the real API. */
final class RecordedSource implements DemoSource {
  private final RecordedGitHub recording;

  RecordedSource(RecordedGitHub recording) {
    this.recording = recording;
  }

  @Override
  public FakeApi api() {
    return recording.api();
  }

  @Override
  public Map<String, String> settings(URI server) {
    return recording.settings(server);
  }

  @Override
  public Set<Ref> visible() {
    return recording.visible();
  }

  @Override
  public int repositories() {
    return 1;
  }

  @Override
  public String describe() {
    return "a recording of " + recording.repository();
  }

  /** The longest word of the first title, so the search finds at least that issue. */
  @Override
  public String query() {
    return recording.titles().stream()
        .limit(1)
        .flatMap(title -> Arrays.stream(title.split("[^\\p{L}]+")))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }
}
