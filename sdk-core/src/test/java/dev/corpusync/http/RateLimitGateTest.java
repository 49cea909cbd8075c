package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitGateTest {
  private final TestTime time = new TestTime();
  private final RateLimitGate gate = new RateLimitGate(time);

  @Test
  void a_new_gate_is_open() {
    assertThat(gate.pause()).isZero();
  }

  @Test
  void a_closed_gate_opens_when_its_time_is_over() {
    gate.closeFor(Duration.ofSeconds(30));
    assertThat(gate.pause()).isEqualTo(Duration.ofSeconds(30));
    time.sleep(Duration.ofSeconds(29));
    assertThat(gate.pause()).isEqualTo(Duration.ofSeconds(1));
    time.sleep(Duration.ofSeconds(1));
    assertThat(gate.pause()).isZero();
  }

  @Test
  void a_shorter_wait_does_not_shorten_a_longer_one() {
    gate.closeFor(Duration.ofMinutes(10));
    gate.closeFor(Duration.ofSeconds(1));
    assertThat(gate.pause()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void a_longer_wait_replaces_a_shorter_one() {
    gate.closeFor(Duration.ofSeconds(1));
    gate.closeFor(Duration.ofMinutes(10));
    assertThat(gate.pause()).isEqualTo(Duration.ofMinutes(10));
  }
}
