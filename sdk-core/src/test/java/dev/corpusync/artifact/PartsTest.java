package dev.corpusync.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Parts come back from the store to the byte, or each would look changed. */
class PartsTest {
  private static final Part NOTES = new Part("notes");
  private static final Part PEOPLE = new Part("people");

  @Test
  void what_was_received_comes_back_to_the_byte() {
    List<String> notes =
        List.of("{ \"n\" : 1.50e+03,\n\"t\":\"\\u00fc\\/ü✓\"}", "[ ]", "\"a ] } , text\"", "12.0");
    Parts parts = Parts.none().with(NOTES, payloads(notes)).with(PEOPLE, List.of());

    Parts back = Parts.decoded(parts.encoded());

    assertThat(back.payloads(NOTES).orElseThrow())
        .extracting(p -> new String(p.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(notes);
    assertThat(back.payloads(PEOPLE)).contains(List.of());
    assertThat(back.encoded()).isEqualTo(parts.encoded());
  }

  @Test
  void an_unknown_part_stays_unknown() {
    assertThat(Parts.decoded(Parts.none().encoded()).find(NOTES)).isEmpty();
  }

  private static List<Payload> payloads(List<String> records) {
    return Stream.of(records.toArray(String[]::new))
        .map(r -> Payload.of(r.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
