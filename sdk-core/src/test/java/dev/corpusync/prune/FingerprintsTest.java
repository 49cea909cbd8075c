package dev.corpusync.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  @Test
  void what_was_listed_is_found_on_whichever_page() {
    Fingerprints seen =
        Fingerprints.of(
            List.of(Fingerprints.ofAll(List.of("b", "a")), Fingerprints.ofAll(List.of("é"))));

    assertThat(List.of("a", "b", "é")).allMatch(seen::contains);
    assertThat(List.of("c", "A", "e", "")).noneMatch(seen::contains);
    assertThat(seen.size()).isEqualTo(3);
  }

  @Test
  void text_keeps_the_set() {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "id-" + i).toList();
    Fingerprints read = Fingerprints.decode(Fingerprints.encode(ids));

    assertThat(ids).allMatch(read::contains);
    assertThat(read.size()).isEqualTo(1_000);
    assertThat(read.contains("id-1000")).isFalse();
    assertThat(Fingerprints.decode("").size()).isZero();
    assertThat(Fingerprints.encode(List.of())).isEmpty();
  }

  @Test
  void ids_that_differ_little_do_not_meet() {
    long distinct =
        IntStream.range(0, 200_000)
            .mapToLong(i -> Fingerprints.of(Integer.toString(i)))
            .distinct()
            .count();

    assertThat(distinct).isEqualTo(200_000);
  }

  /** Two of the many texts that have one FNV-1a hash of 64 bits. */
  @Test
  void ids_that_were_chosen_to_meet_do_not() {
    assertThat(Fingerprints.of("8yn0iYCKYHlIj4-BwPqk"))
        .isNotEqualTo(Fingerprints.of("GReLUrM4wMqfg9yzV3KQ"));
  }

  @Test
  void a_fingerprint_never_changes_since_it_is_stored() {
    assertThat(Long.toHexString(Fingerprints.of("issue-1"))).isEqualTo("57fc59f27e8149ce");
  }
}
