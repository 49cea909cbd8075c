package dev.corpusync.benchmarks.source;

import java.net.URI;
import java.time.Duration;

/**
 * The records for one benchmark, encoded in the path of its URLs, so that one server serves every
 * benchmark.
 *
 * @param tickets number of tickets over all queues
 * @param latency of each answer
 * @param state a letter: worlds with different letters have the same tickets with other
 *     descriptions
 */
public record World(int tickets, Duration latency, char state) {
  /** The nested listings that contain the tickets. */
  public static final int QUEUES = 4;

  public static World of(int tickets) {
    return new World(tickets, Duration.ZERO, 'a');
  }

  public World withLatency(Duration answer) {
    return new World(tickets, answer, state);
  }

  public World withState(char letter) {
    return new World(tickets, latency, letter);
  }

  World atMost(int most) {
    return new World(Math.min(tickets, most), latency, state);
  }

  URI under(URI server) {
    return server.resolve("/" + tickets + "/" + latency.toMillis() + "/" + state);
  }

  static World parse(String tickets, String latency, String state) {
    return new World(
        Integer.parseInt(tickets), Duration.ofMillis(Long.parseLong(latency)), state.charAt(0));
  }
}
