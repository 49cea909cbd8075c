package dev.corpusync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.sync.StoredCursor;
import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P4: an old cursor means reading everything, another's cursor is an error. */
class CursorCodecTest {
  record Spot(@Nullable String page, int number, Instant at) implements SyncCursor {}

  record Older(@Nullable String page, int number) implements SyncCursor {}

  static final class Loose implements SyncCursor {}

  private static final Spot SPOT =
      new Spot("a\"é=", 7, Instant.parse("2026-01-02T03:04:05.000000006Z"));
  private final CursorCodec<Spot> codec = new CursorCodec<>("desk", "ticket", Spot.class);

  @Test
  void reads_back_what_it_wrote() {
    assertThat(codec.decode(codec.encode(SPOT))).isEqualTo(SPOT);
    Spot first = new Spot(null, 0, Instant.EPOCH);
    assertThat(codec.decode(codec.encode(first))).isEqualTo(first);
  }

  @Test
  void another_connector_s_or_stream_s_cursor_is_an_error() {
    for (CursorCodec<Spot> other :
        java.util.List.of(
            new CursorCodec<>("mail", "ticket", Spot.class),
            new CursorCodec<>("desk", "user", Spot.class))) {
      assertThatThrownBy(() -> codec.decode(other.encode(SPOT)))
          .isInstanceOf(ConnectorDefectException.class)
          .hasMessageContaining("nothing was changed");
    }
  }

  @Test
  void an_older_format_means_reading_everything() {
    StoredCursor old = new CursorCodec<>("desk", "ticket", Older.class).encode(new Older("a", 1));

    assertThatThrownBy(() -> codec.decode(old)).isInstanceOf(CursorExpiredException.class);
  }

  @Test
  void what_cannot_be_read_means_reading_everything_and_is_not_quoted() {
    StoredCursor good = codec.encode(SPOT);
    StoredCursor broken = new StoredCursor(good.owner(), good.format(), "{\"number\":\"secret");

    assertThatThrownBy(() -> codec.decode(broken))
        .isInstanceOf(CursorExpiredException.class)
        .hasMessageNotContaining("secret");
    assertThat(broken.toString()).doesNotContain("secret");
  }

  @Test
  void what_is_no_whole_cursor_means_reading_everything() {
    StoredCursor good = codec.encode(SPOT);
    for (String json :
        java.util.List.of(
            "",
            "null",
            "[]",
            "7",
            "{}",
            "{\"number\":7}",
            good.json().replace("7", "\"seven\""),
            good.json().replace("2026", "soon"))) {
      assertThatThrownBy(() -> codec.decode(new StoredCursor(good.owner(), good.format(), json)))
          .as(json)
          .isInstanceOf(CursorExpiredException.class);
    }
  }

  @Test
  void a_cursor_is_a_record() {
    assertThatThrownBy(() -> new CursorCodec<>("desk", "ticket", Loose.class))
        .isInstanceOf(ConnectorDefectException.class);
  }

  @Test
  void fingerprints_tell_cursors_apart() {
    assertThat(codec.fingerprint(SPOT))
        .isEqualTo(codec.fingerprint(new Spot("a\"é=", 7, SPOT.at())));
    assertThat(codec.fingerprint(SPOT))
        .isNotEqualTo(codec.fingerprint(new Spot("a\"é=", 8, SPOT.at())));
  }
}
