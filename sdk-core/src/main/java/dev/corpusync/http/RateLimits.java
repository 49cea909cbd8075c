package dev.corpusync.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the rate limits in the headers of an answer, in the forms that APIs use: a pair of headers
 * a limit, {@code [X-][Vendor-]RateLimit-[Name-]Remaining} and {@code -Reset} in any order of their
 * words, where a pair without a name may stand for all; the draft standard's {@code RateLimit:
 * limit=, remaining=, reset=}; and its structured {@code RateLimit: "name";r=0;t=20} with {@code
 * RateLimit-Policy}.
 */
final class RateLimits {
  private static final Set<String> RESETS = Set.of("reset", "resettime");
  private static final Set<String> MILLIS = Set.of("ms", "milliseconds");
  private static final Set<String> NO_NAMES =
      Set.of("remaining", "reset", "resettime", "after", "interval", "ms", "milliseconds");

  /** A longer name or value is no rate limit. */
  private static final int LONGEST = 8 << 10;

  private static final int MOST = 100;

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
      return left.filter(Limit::isZero).isPresent();
    }

    /** Zeros, with a fraction of zeros or without. */
    private static boolean isZero(String number) {
      int dot = number.indexOf('.');
      String digits = dot < 0 ? number : number.substring(0, dot) + number.substring(dot + 1);
      return dot != 0
          && dot != number.length() - 1
          && !digits.isEmpty()
          && digits.chars().allMatch(c -> c == '0');
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
              if (left.size() + resets.size() + windows.size() < MOST) {
                words(header).ifPresent(words -> note(words, readable(values)));
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

  private static List<String> readable(List<String> values) {
    return values.stream().filter(v -> v.length() <= LONGEST).limit(MOST).toList();
  }

  /** What follows {@code ratelimit} in the name of a header, word by word; empty in another. */
  private static Optional<List<String>> words(String header) {
    if (header.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(header.split("-", -1));
    int at = words.get(0).equals("x") ? 1 : 0;
    int end = end(words, at);
    if (end < 0) {
      // after the name of a vendor
      end = at < words.size() && isWord(words.get(at)) ? end(words, at + 1) : -1;
    }
    boolean named = end >= 0 && end < words.size();
    return named && words.subList(end, words.size()).stream().allMatch(RateLimits::isWord)
        ? Optional.of(words.subList(end, words.size()))
        : Optional.empty();
  }

  /** Returns the index after {@code ratelimit} or {@code rate-limit}; -1 when it is not there. */
  private static int end(List<String> words, int at) {
    if (at < words.size() && words.get(at).equals("ratelimit")) {
      return at + 1;
    }
    return at + 1 < words.size()
            && words.get(at).equals("rate")
            && words.get(at + 1).equals("limit")
        ? at + 2
        : -1;
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private void note(List<String> words, List<String> values) {
    String name = String.join("-", words.stream().filter(w -> !NO_NAMES.contains(w)).toList());
    if (words.contains("remaining")) {
      // A proxy may have added its own beside the API's.
      left.computeIfAbsent(name, n -> new ArrayList<>())
          .addAll(
              values.stream()
                  .flatMap(v -> Arrays.stream(v.split(",", MOST + 1)).limit(MOST))
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
    String text = value.strip();
    boolean number =
        !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Optional.of(Duration.ofMillis(Long.parseLong(text))) : Optional.empty();
  }

  private static Optional<Duration> named(Map<String, Duration> told, String name) {
    return Optional.ofNullable(told.get(name)).or(() -> Optional.ofNullable(told.get("")));
  }

  static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private List<Limit> standard() {
    String told = joined("ratelimit");
    if (told.isBlank()) {
      return List.of();
    }
    Map<String, String> windowsByPolicy = policies();
    Map<String, String> older = parameters(told);
    if (older.containsKey("remaining")) {
      Optional<String> window = windowsByPolicy.values().stream().findFirst();
      return List.of(limit(older, "remaining", "reset", window));
    }
    return members(told).stream()
        .map(m -> limit(parameters(m), "r", "t", Optional.ofNullable(windowsByPolicy.get(name(m)))))
        .toList();
  }

  private String joined(String header) {
    String all = String.join(",", answer.headers().getOrDefault(header, List.of()));
    return all.length() > LONGEST ? "" : all;
  }

  private Limit limit(
      Map<String, String> told, String remaining, String reset, Optional<String> window) {
    return new Limit(
        Optional.ofNullable(told.get(remaining)),
        Optional.ofNullable(told.get(reset)).or(() -> window).flatMap(moment));
  }

  /** The seconds of each policy's window, by name, in their order. */
  private Map<String, String> policies() {
    Map<String, String> seconds = new LinkedHashMap<>();
    members(joined("ratelimit-policy"))
        .forEach(
            m ->
                Optional.ofNullable(parameters(m).get("w"))
                    .ifPresent(w -> seconds.put(name(m), w)));
    return seconds;
  }

  private static List<String> members(String list) {
    return split(list, ",").stream().map(String::strip).filter(m -> !m.isEmpty()).toList();
  }

  private static String name(String member) {
    return split(member, ";,").get(0).strip();
  }

  private static Map<String, String> parameters(String member) {
    Map<String, String> all = new HashMap<>();
    for (String parameter : split(member, ";,")) {
      int equals = parameter.indexOf('=');
      if (equals >= 0) {
        all.putIfAbsent(
            parameter.substring(0, equals).strip(), parameter.substring(equals + 1).strip());
      }
    }
    return all;
  }

  /** Splits at each of these characters that is not in quotes, into so many parts at most. */
  private static List<String> split(String text, String separators) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length() && parts.size() < MOST; i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted && separators.indexOf(c) >= 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
