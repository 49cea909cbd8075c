package dev.corpusync.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();

  @Test
  void it_stands_still_until_told() {
    assertThat(time.now()).isEqualTo(VirtualTime.START).isEqualTo(time.now());
    time.advance(Duration.ofDays(90));
    assertThat(time.now()).isEqualTo(VirtualTime.START.plus(Duration.ofDays(90)));
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void a_sleep_moves_it_at_once_and_is_remembered() throws InterruptedException {
    time.sleep(Duration.ofHours(1));
    time.sleep(Duration.ofMillis(3));
    assertThat(time.now()).isEqualTo(VirtualTime.START.plusMillis(3_600_003));
    assertThat(time.sleeps()).containsExactly(Duration.ofHours(1), Duration.ofMillis(3));
  }

  @Test
  void a_thread_that_is_interrupted_does_not_sleep() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.sleep(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(time.now()).isEqualTo(VirtualTime.START);
  }
}
