package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Configuration;
import dev.corpusync.connector.Connector;
import dev.corpusync.describe.ConfigurationSchema;
import dev.corpusync.describe.DescriptorJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of what a connector says of itself: extend it and run it. No API is needed, so it
 * takes milliseconds. The checks are final.
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
    if (recorded().isPresent()) {
      String id = connector().descriptor().id();
      compare(recorded().get().resolve(id + ".json"), DescriptorJson.text(connector()));
      compare(
          recorded().get().resolve(id + ".schema.json"),
          DescriptorJson.text(ConfigurationSchema.of(connector().descriptor())));
    }
  }

  private static void compare(Path file, String said) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, said);
      throw new AssertionError(file + " was missing and has been written: look at it, and add it");
    }
    assertThat(said)
        .as("what is said now, against %s: delete the file to have it written anew", file)
        .isEqualTo(Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }
}
