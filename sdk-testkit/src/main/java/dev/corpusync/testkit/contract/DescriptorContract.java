package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Configuration;
import dev.corpusync.connector.Connector;
import dev.corpusync.describe.ConfigurationSchema;
import dev.corpusync.describe.DescriptorJson;
import dev.corpusync.testkit.check.DescriptorChecks;
import dev.corpusync.testkit.subject.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The contract of what a connector says of itself: extend it and run it. No API is needed, so it
 * takes milliseconds. The checks are final.
 *
 * @since 0.1
 */
public abstract class DescriptorContract {
  protected abstract Connector connector();

  /** Values for fields that have neither example, default nor options, such as shaped secrets. */
  protected Map<String, String> samples() {
    return Map.of();
  }

  /** What users of earlier releases have; see {@link Release#in}. */
  protected List<Release> releases() {
    return List.of();
  }

  /**
   * A folder where {@code <id>.json} and {@code <id>.schema.json} are recorded, so that a review
   * sees what changes. They are written where they are missing: look at them, and add them.
   */
  protected Optional<Path> recorded() {
    return Optional.empty();
  }

  private DescriptorChecks checks() {
    return new DescriptorChecks(connector(), samples(), Configuration::of);
  }

  @Test
  public final void is_sound() {
    checks().is_sound();
  }

  @Test
  public final void asks_for_each_required_field() {
    checks().asks_for_each_required_field();
  }

  @Test
  public final void refuses_wrong_values_and_never_shows_them() {
    checks().refuses_wrong_values_and_never_shows_them();
  }

  @Test
  public final void refuses_an_unknown_field() {
    checks().refuses_an_unknown_field();
  }

  @Test
  public final void takes_what_was_right_before() {
    checks().takes_what_was_right_before(releases());
  }

  @Test
  public final void says_what_is_recorded() throws IOException {
    Connector connector = connector();
    String id = connector.descriptor().id();
    Map<String, String> said = new TreeMap<>();
    said.put(id + ".json", DescriptorJson.text(connector));
    said.put(
        id + ".schema.json", DescriptorJson.text(ConfigurationSchema.of(connector.descriptor())));
    if (recorded().isPresent()) {
      compare(recorded().get(), said);
    }
  }

  private static void compare(Path folder, Map<String, String> said) throws IOException {
    List<Path> written = new ArrayList<>();
    for (String name : said.keySet()) {
      Path file = folder.resolve(name);
      if (Files.notExists(file)) {
        Files.createDirectories(folder);
        written.add(Files.writeString(file, said.get(name)));
      }
    }
    assertThat(written).as("missing, and written now: look at them, and add them").isEmpty();
    for (String name : said.keySet()) {
      assertThat(said.get(name))
          .as("what is said now, against %s: delete it to have it written anew", name)
          .isEqualTo(Files.readString(folder.resolve(name)).replace("\r\n", "\n"));
    }
  }
}
