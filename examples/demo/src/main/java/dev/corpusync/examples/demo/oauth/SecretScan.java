package dev.corpusync.examples.demo.oauth;

import dev.corpusync.feed.Change;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.auth.SecretScanner;
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

/** Searches everything that was written for every secret that was used. */
final class SecretScan {
  /** The one file that may contain a secret: the sealing key. */
  static final String KEY_FILE = "keys";

  private static final int SHORTEST = 12;
  private final OAuthSetup setup;
  private final Path folder;

  /**
   * @param folder with the database, the log and the output
   */
  SecretScan(OAuthSetup setup, Path folder) {
    this.setup = setup;
    this.folder = folder;
  }

  /** Returns the name of each secret that was found, and its location; never the secret. */
  List<String> findings() throws IOException {
    SecretScanner secrets = secrets();
    List<String> found = new ArrayList<>();
    locations()
        .forEach(
            (location, bytes) ->
                secrets.in(bytes).forEach(form -> found.add(form + " in " + location)));
    return found;
  }

  /** Searches the one file that contains a secret, to prove that the search works. */
  List<String> inKeyFile() throws IOException {
    return secrets().in(Files.readAllBytes(folder.resolve(KEY_FILE)));
  }

  /** The number of secrets that are searched for. */
  int size() {
    return distinct().size();
  }

  /** Returns the locations that contain a harmless text, to prove that they can be searched. */
  List<String> mentions(String text) throws IOException {
    SecretScanner control = new SecretScanner().canary("control", text);
    return locations().entrySet().stream()
        .filter(location -> !control.in(location.getValue()).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private SecretScanner secrets() throws IOException {
    SecretScanner secrets = new SecretScanner();
    distinct().forEach((secret, name) -> secrets.canary(name, secret));
    String key = Files.readString(folder.resolve(KEY_FILE)).strip();
    return secrets.canary("sealing key", key.substring(key.indexOf(':') + 1));
  }

  private Map<String, String> distinct() {
    return setup.tokenEndpoint.recorded().stream()
        .filter(h -> h.secret().reveal().length() >= SHORTEST)
        .collect(
            Collectors.toMap(
                h -> h.secret().reveal(),
                RecordingTokenEndpoint.Recorded::name,
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private Map<String, byte[]> locations() throws IOException {
    Map<String, byte[]> locations = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.endsWith(KEY_FILE)) {
          locations.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    locations.put("change feed", changes().getBytes(StandardCharsets.UTF_8));
    locations.put("facts", setup.facts.json().getBytes(StandardCharsets.UTF_8));
    StringWriter failures = new StringWriter();
    setup.failures.forEach(e -> e.printStackTrace(new PrintWriter(failures)));
    locations.put("exceptions", failures.toString().getBytes(StandardCharsets.UTF_8));
    return locations;
  }

  /** The changes with their content, which their toString omits. */
  private String changes() {
    StringBuilder all = new StringBuilder();
    for (Change change : setup.changes) {
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
