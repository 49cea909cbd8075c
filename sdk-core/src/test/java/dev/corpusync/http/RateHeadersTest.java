package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer asks to wait. */
class RateHeadersTest {
  private static RateHeaders of(String... namesAndValues) {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new RateHeaders(new HttpExchange.Answer(429, headers, new byte[0]), TestTime.START);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, 7, PT7S",
    "retry-after, 0.2, PT1S",
    "retry-after, 'Sun, 01 Mar 2026 09:00:30 GMT', PT30S",
    "retry-after, 999999999, PT24H",
    "retry-after-ms, 2500, PT2.5S"
  })
  void a_wait_is_read_rounded_up_and_limited_to_a_day(String header, String value, Duration wait) {
    assertThat(of(header, value).retryAfter()).contains(wait);
    assertThat(of(header, value).waitOfLimit()).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-5", "", "soon", "Sun, 01 Mar 2026 08:00:00 GMT", "1e9", "NaN", "٣"})
  void a_wait_that_is_not_positive_or_no_number_is_ignored(String value) {
    assertThat(of("retry-after", value).retryAfter()).isEmpty();
  }

  @Test
  void a_date_is_counted_from_the_time_that_the_answer_says() {
    RateHeaders later =
        of(
            "date", "Sun, 01 Mar 2026 10:00:00 GMT",
            "retry-after", "Sun, 01 Mar 2026 10:00:05 GMT");
    assertThat(later.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(RateHeaders.date("no date")).isEqualTo(Optional.empty());
  }

  @Test
  void what_the_answer_asks_for_stands_above_the_reset_of_a_limit() {
    RateHeaders both =
        of("retry-after", "3", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "3600");
    assertThat(both.waitOfLimit()).contains(Duration.ofSeconds(3));
    assertThat(both.isExhausted()).isTrue();
  }

  @Test
  void the_reset_of_a_limit_with_requests_left_is_no_wait() {
    RateHeaders left = of("x-ratelimit-remaining", "17", "x-ratelimit-reset", "3600");
    assertThat(left.isExhausted()).isFalse();
    assertThat(left.waitOfLimit()).isEmpty();
    RateHeaders none = of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "60");
    assertThat(none.waitOfLimit()).contains(Duration.ofSeconds(60));
    assertThat(none.untilReset()).contains(Duration.ofSeconds(60));
  }
}
