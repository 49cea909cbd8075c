package dev.corpusync.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the rate limits in the headers of an answer, in the forms that APIs use: a pair of headers
 * a limit, {@code [X-][Vendor-]RateLimit-[Name-]Remaining} and {@code -Reset} in any order of their
 * words, where a pair without a name may stand for all; the draft standard's {@code RateLimit:
 * limit=, remaining=, reset=}; and its structured {@code RateLimit: "name";r=0;t=20} with {@code
 * RateLimit-Policy}.
 */
final class RateLimits {
  private static final Pattern NAME =
      Pattern.compile("(?:x-)?(?:[a-z]+-)?rate-?limit((?:-[a-z]+)+)");
  private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?");
  private static final Set<String> RESETS = Set.of("reset", "resettime");
  private static final Set<String> MILLIS = Set.of("ms", "milliseconds");
  private static final Set<String> NO_NAMES =
      Set.of("remaining", "reset", "resettime", "after", "interval", "ms", "milliseconds");

  /** A comma that ends a member of a list, and not one in a quoted name. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private static final Pattern SEMICOLON = Pattern.compile("[;,](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private final HttpExchange.Answer answer;
  private final Function<String, Optional<Duration>> moment;
  private final Map<String, List<String>> left = new HashMap<>();
  private final Map<String, Duration> resets = new HashMap<>();
  private final Map<String, Duration> windows = new HashMap<>();

  /**
   * One limit.
   *
   * @param left requests or points, as told
   * @param reset how long until there are more
   */
  record Limit(Optional<String> left, Optional<Duration> reset) {
    boolean isSpent() {
      return left.filter(l -> NOTHING.matcher(l).matches()).isPresent();
    }
  }

  private RateLimits(HttpExchange.Answer answer, Function<String, Optional<Duration>> moment) {
    this.answer = answer;
    this.moment = moment;
  }

  /**
   * @param moment how long it is until a number of seconds, an epoch, or a date
   */
  static List<Limit> of(HttpExchange.Answer answer, Function<String, Optional<Duration>> moment) {
    RateLimits limits = new RateLimits(answer, moment);
    List<Limit> all = new ArrayList<>(limits.pairs());
    all.addAll(limits.standard());
    return all;
  }

  private List<Limit> pairs() {
    answer
        .headers()
        .forEach(
            (header, values) -> {
              Matcher name = NAME.matcher(header);
              if (name.matches()) {
                note(Arrays.asList(name.group(1).substring(1).split("-")), values);
              }
            });
    Set<String> names = new TreeSet<>(left.keySet());
    names.addAll(resets.keySet());
    List<Limit> limits = new ArrayList<>();
    for (String name : names) {
      Optional<Duration> reset = named(resets, name).or(() -> named(windows, name));
      List<String> told = left.getOrDefault(name, List.of());
      told.forEach(l -> limits.add(new Limit(Optional.of(l), reset)));
      if (told.isEmpty()) {
        limits.add(new Limit(Optional.empty(), reset));
      }
    }
    return limits;
  }

  private void note(List<String> words, List<String> values) {
    String name = String.join("-", words.stream().filter(w -> !NO_NAMES.contains(w)).toList());
    if (words.contains("remaining")) {
      // A proxy may have added its own beside the API's.
      left.computeIfAbsent(name, n -> new ArrayList<>())
          .addAll(
              values.stream()
                  .flatMap(v -> Arrays.stream(v.split(",")))
                  .map(String::strip)
                  .toList());
      return;
    }
    boolean millis = words.stream().anyMatch(MILLIS::contains);
    Function<String, Optional<Duration>> read = millis ? RateLimits::millis : moment;
    Map<String, Duration> told = words.stream().anyMatch(RESETS::contains) ? resets : windows;
    if (told == resets || (words.contains("interval") && millis)) {
      values.forEach(v -> read.apply(v).ifPresent(d -> told.merge(name, d, RateLimits::longer)));
    }
  }

  private static Optional<Duration> millis(String value) {
    return value.strip().matches("\\d{1,12}")
        ? Optional.of(Duration.ofMillis(Long.parseLong(value.strip())))
        : Optional.empty();
  }

  private static Optional<Duration> named(Map<String, Duration> told, String name) {
    return Optional.ofNullable(told.get(name)).or(() -> Optional.ofNullable(told.get("")));
  }

  static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private List<Limit> standard() {
    String told = String.join(",", answer.headers().getOrDefault("ratelimit", List.of()));
    if (told.isBlank()) {
      return List.of();
    }
    Map<String, String> older = parameters(told);
    if (older.containsKey("remaining")) {
      return List.of(limit(older, "remaining", "reset", policies().values().stream().findFirst()));
    }
    return members(told)
        .map(m -> limit(parameters(m), "r", "t", Optional.ofNullable(policies().get(name(m)))))
        .toList();
  }

  private Limit limit(
      Map<String, String> told, String remaining, String reset, Optional<String> window) {
    return new Limit(
        Optional.ofNullable(told.get(remaining)),
        Optional.ofNullable(told.get(reset)).or(() -> window).flatMap(moment));
  }

  /** The seconds of each policy's window, by name, in their order. */
  private Map<String, String> policies() {
    Map<String, String> seconds = new java.util.LinkedHashMap<>();
    members(String.join(",", answer.headers().getOrDefault("ratelimit-policy", List.of())))
        .forEach(
            m ->
                Optional.ofNullable(parameters(m).get("w"))
                    .ifPresent(w -> seconds.put(name(m), w)));
    return seconds;
  }

  private static java.util.stream.Stream<String> members(String list) {
    return COMMA.splitAsStream(list).map(String::strip).filter(m -> !m.isEmpty());
  }

  private static String name(String member) {
    return SEMICOLON.split(member, 2)[0].strip();
  }

  private static Map<String, String> parameters(String member) {
    Map<String, String> all = new HashMap<>();
    SEMICOLON
        .splitAsStream(member)
        .map(p -> p.split("=", 2))
        .filter(p -> p.length == 2)
        .forEach(p -> all.putIfAbsent(p[0].strip(), p[1].strip()));
    return all;
  }
}
