package dev.corpusync.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P7: both the share and the number must be passed. */
class DropGuardTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,false",
    "20,20,false",
    "21,21,true",
    "21,83,true",
    "21,84,false",
    "25,100,false",
    "26,100,true",
    "1,1,false",
    "2500,10000,false",
    "2501,10000,true"
  })
  void holds_above_a_quarter_and_above_twenty(int missing, int of, boolean held) {
    assertThat(DropGuard.DEFAULT.holds(missing, of)).isEqualTo(held);
  }

  @Test
  void a_host_may_be_stricter() {
    assertThat(new DropGuard(0, 0).holds(1, 1_000_000)).isTrue();
    assertThat(new DropGuard(0, 0).holds(0, 10)).isFalse();
  }

  @Test
  void a_limit_that_can_never_hold_is_refused() {
    assertThatThrownBy(() -> new DropGuard(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DropGuard(-0.1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DropGuard(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DropGuard(0.5, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
