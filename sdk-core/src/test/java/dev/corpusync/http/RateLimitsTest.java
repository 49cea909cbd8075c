package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
  private static final int LONG = 120_000;

  /** A thread with hardly any stack: what recurses for each character or group ends here. */
  private static RateHeaders read(Map<String, List<String>> headers) throws InterruptedException {
    AtomicReference<RateHeaders> read = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              RateHeaders rate =
                  new RateHeaders(
                      new HttpExchange.Answer(429, headers, new byte[0]), Instant.EPOCH);
              rate.waitOfLimit();
              rate.untilReset();
              read.set(rate);
            },
            "small",
            160 << 10);
    small.start();
    small.join();
    return Optional.ofNullable(read.get()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "\"",
        "\"\",",
        ";",
        "a;r=1,",
        "\"a\";r=0;t=5,",
        "=",
        "a=b;",
        "r=0;",
        "1",
        "9",
        ".",
        "1m",
        "1ms",
        "-",
        " "
      })
  void a_value_of_any_form_is_read_in_time_that_grows_with_its_length(String repeated) {
    for (int length : new int[] {8_000, LONG}) {
      String value = repeated.repeat(length / repeated.length());
      List<Map<String, List<String>>> all = new ArrayList<>();
      for (String name :
          List.of(
              "ratelimit",
              "ratelimit-policy",
              "x-ratelimit-remaining",
              "x-ratelimit-reset",
              "x-ratelimit-reset-ms",
              "retry-after",
              "retry-after-ms",
              "date")) {
        Map<String, List<String>> one = new HashMap<>();
        one.put("ratelimit", List.of("\"a\";r=0;t=5"));
        one.put(name, List.of(value));
        all.add(one);
        all.add(Map.of("ratelimit", List.of(value), "ratelimit-policy", List.of(value)));
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            for (int i = 0; i < 10; i++) {
              for (Map<String, List<String>> headers : all) {
                read(new HashMap<>(headers));
              }
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-", "-a", "rate-limit", "x-", "ratelimit-"})
  void a_name_of_any_form_is_read_in_time_that_grows_with_its_length(String repeated) {
    String tail = repeated.repeat(LONG / repeated.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 10; i++) {
            for (String name :
                List.of(tail, "x-ratelimit" + tail, "x-" + tail + "ratelimit-remaining")) {
              assertThat(read(Map.of(name, List.of("0"))).isExhausted()).isFalse();
            }
          }
        });
  }

  @Test
  void of_thousands_of_limits_some_are_read() throws InterruptedException {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String letters = Integer.toString(i, 26).replaceAll("[0-9]", "z");
      headers.put("x-ratelimit-remaining-" + letters, List.of("7", "8"));
      headers.put("x-ratelimit-reset-" + letters, List.of("60"));
    }
    assertThat(read(headers).isExhausted()).isFalse();
  }
}
