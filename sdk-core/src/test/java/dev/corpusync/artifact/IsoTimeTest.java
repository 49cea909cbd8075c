package dev.corpusync.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK's parser takes, and nothing else, comes to the same moment. */
class IsoTimeTest {
  private static final String[] USUAL = {
    "2024-05-17T09:30:00Z", "1999-12-31T23:59:59.123456789+13:45", "0000-01-01T00:00:00.5-00:30"
  };
  private static final String CHARACTERS = "0123456789-+:.TZtz, \u0661";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2024-05-17",
        "2024-05-17T09:30:00",
        "2024-05-17T09:30Z",
        "2024-05-17T09Z",
        "2024-05-17T09:30:00Z",
        "2024-05-17t09:30:00z",
        "2024-05-17 09:30:00Z",
        "2024-05-17T09:30:00.Z",
        "2024-05-17T09:30:00,5Z",
        "2024-05-17T09:30:00.1Z",
        "2024-05-17T09:30:00.123456789Z",
        "2024-05-17T09:30:00.1234567890Z",
        "2024-05-17T09:30:00.",
        "2024-05-17T09:30:00.5",
        "2024-05-17T09:30:00+02:00",
        "2024-05-17T09:30:00-02:30",
        "2024-05-17T09:30:00-00:00",
        "2024-05-17T09:30:00+02",
        "2024-05-17T09:30:00+0200",
        "2024-05-17T09:30:00+02:00:01",
        "2024-05-17T09:30:00+17:59",
        "2024-05-17T09:30:00+18:00",
        "2024-05-17T09:30:00+18:01",
        "2024-05-17T09:30:00+02:60",
        "2024-05-17T09:30:00+02:00[Europe/Berlin]",
        "2024-05-17T09:30:00ZZ",
        "2024-05-17T24:00:00Z",
        "2024-05-17T23:60:00Z",
        "2024-05-17T23:59:60Z",
        "2024-02-29T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-04-31T00:00:00Z",
        "2024-12-31T00:00:00Z",
        "2024-00-10T00:00:00Z",
        "2024-13-10T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+12024-05-17T09:30:00Z",
        "12024-05-17T09:30:00Z",
        "\u0662024-05-17T09:30:00Z",
      })
  void reads_a_text_as_the_jdk_does(String text) {
    assertThat(read(() -> IsoTime.parse(text))).isEqualTo(jdk(text));
  }

  @Test
  void reads_random_texts_as_the_jdk_does() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      String text = changed(USUAL[random.nextInt(USUAL.length)], random);
      Optional<Instant> expected = jdk(text);
      accepted += expected.isPresent() ? 1 : 0;
      assertThat(read(() -> IsoTime.parse(text))).as(text).isEqualTo(expected);
    }
    // Both kinds were there.
    assertThat(accepted).isBetween(1_000, 99_000);
  }

  /** Up to three characters replaced, put in or taken out. */
  private static String changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(changed.length());
      char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      switch (random.nextInt(6)) {
        case 0 -> changed.insert(at, c);
        case 1 -> changed.deleteCharAt(at);
        default -> changed.setCharAt(at, c);
      }
    }
    return changed.toString();
  }

  private static Optional<Instant> jdk(String text) {
    return read(() -> OffsetDateTime.parse(text).toInstant());
  }

  private static Optional<Instant> read(Supplier<Instant> parser) {
    try {
      return Optional.of(parser.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
