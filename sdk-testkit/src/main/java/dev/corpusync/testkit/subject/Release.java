package dev.corpusync.testkit.subject;

import dev.corpusync.describe.DescriptorJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an earlier release of a connector said of itself, and a configuration that its users had.
 *
 * @param name of the release, for messages
 * @param descriptor as {@link DescriptorJson} wrote it
 * @param configuration as JSON
 * @since 0.1
 */
public record Release(String name, JsonNode descriptor, JsonNode configuration) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * One for each folder in a folder: its name is the release, {@code <id>.json} the descriptor, and
   * {@code <id>.configuration.json} the configuration.
   */
  public static List<Release> in(Path folder, String connector) {
    try (Stream<Path> releases = Files.list(folder)) {
      return releases
          .filter(release -> Files.exists(release.resolve(connector + ".json")))
          .sorted()
          .map(
              release ->
                  new Release(
                      release.getFileName().toString(),
                      tree(release.resolve(connector + ".json")),
                      tree(release.resolve(connector + ".configuration.json"))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(Path file) {
    return MAPPER.readTree(file.toFile());
  }
}
