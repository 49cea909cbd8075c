package dev.corpusync.examples.demo.consent;

import dev.corpusync.feed.Change;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.auth.Taint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for every secret that passed in everything that was written down. */
final class TaintScan {
  /** The one file that may hold one: the key that seals the others. */
  static final String KEYS = "keys";

  private static final int SHORTEST = 12;
  private final ConsentStage stage;
  private final Path folder;

  /**
   * @param folder with the database, the log and what was said
   */
  TaintScan(ConsentStage stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
  }

  /** Where a secret was found, and which; never the secret itself. */
  List<String> findings() throws IOException {
    Taint secrets = secrets();
    List<String> found = new ArrayList<>();
    places()
        .forEach(
            (place, bytes) -> secrets.in(bytes).forEach(form -> found.add(form + " in " + place)));
    return found;
  }

  /** The same for the one file that holds a secret: proof that one is found. */
  List<String> inKeyFile() throws IOException {
    return secrets().in(Files.readAllBytes(folder.resolve(KEYS)));
  }

  /** The secrets that are looked for. */
  int size() {
    return distinct().size();
  }

  /** In which places something stands that is no secret: proof that they can be read. */
  List<String> mentions(String text) throws IOException {
    Taint control = new Taint().canary("control", text);
    return places().entrySet().stream()
        .filter(place -> !control.in(place.getValue()).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Taint secrets() throws IOException {
    Taint secrets = new Taint();
    distinct().forEach((secret, name) -> secrets.canary(name, secret));
    String key = Files.readString(folder.resolve(KEYS)).strip();
    return secrets.canary("sealing key", key.substring(key.indexOf(':') + 1));
  }

  private Map<String, String> distinct() {
    return stage.overheard.heard().stream()
        .filter(h -> h.secret().reveal().length() >= SHORTEST)
        .collect(
            Collectors.toMap(
                h -> h.secret().reveal(), Overheard.Heard::name, (a, b) -> a, LinkedHashMap::new));
  }

  private Map<String, byte[]> places() throws IOException {
    Map<String, byte[]> places = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.endsWith(KEYS)) {
          places.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    places.put("change feed", told().getBytes(StandardCharsets.UTF_8));
    places.put("facts", stage.facts.json().getBytes(StandardCharsets.UTF_8));
    StringWriter failures = new StringWriter();
    stage.failures.forEach(e -> e.printStackTrace(new PrintWriter(failures)));
    places.put("exceptions", failures.toString().getBytes(StandardCharsets.UTF_8));
    return places;
  }

  /** With the content, which a change does not print. */
  private String told() {
    StringBuilder all = new StringBuilder();
    for (Change change : stage.told) {
      all.append(change).append('\n');
      if (change instanceof Change.Stored stored) {
        StoredDocument document = stored.document();
        all.append(document.title()).append(document.fields()).append(document.readers());
        document.chunks().forEach(chunk -> all.append(chunk.key()).append(chunk.text()));
      }
    }
    return all.toString();
  }
}
