package dev.corpusync.testkit.subject;

import dev.corpusync.http.HttpClients;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a trial decides of the client that a connector speaks through.
 *
 * @param retries of a request that failed in a way that passes
 * @param read the longest silence, in real time
 * @param call the longest exchange, in real time
 * @param longestWait what one call waits for a rate limit at most, by {@code time}
 * @param body the largest body that is read, in bytes
 * @param repetitions how often one run repeats requests in all
 * @since 0.1
 */
public record Client(
    Time time,
    RandomGenerator random,
    int retries,
    Duration read,
    Duration call,
    Duration longestWait,
    long body,
    int repetitions) {
  public static Client of(Time time, RandomGenerator random) {
    return new Client(
        time,
        random,
        2,
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        16L << 20,
        1_000);
  }

  /** The SDK's own. */
  public HttpClients http() {
    return HttpClients.builder()
        .time(time)
        .random(random)
        .retries(retries)
        .timeouts(Duration.ofSeconds(10), read, call)
        .maxWait(longestWait)
        .maxBody(body)
        .retryBudget(repetitions, 0)
        .build();
  }

  public Client time(Time other) {
    return new Client(other, random, retries, read, call, longestWait, body, repetitions);
  }

  public Client retries(int most) {
    return new Client(time, random, most, read, call, longestWait, body, repetitions);
  }

  public Client timeouts(Duration toRead, Duration ofCall) {
    return new Client(time, random, retries, toRead, ofCall, longestWait, body, repetitions);
  }

  public Client body(long bytes) {
    return new Client(time, random, retries, read, call, longestWait, bytes, repetitions);
  }

  public Client repetitions(int ofRun) {
    return new Client(time, random, retries, read, call, longestWait, body, ofRun);
  }
}
