package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a listing is narrowed to what changed, and in which order it comes. Immutable.
 *
 * @since 0.1
 */
public final class Changes {
  private final Set<String> parameters;
  private final Function<FakeRequest, Span> span;
  private final Optional<Duration> longest;
  private final Order order;

  /** The order of a listing. */
  private enum Order {
    OLDEST_FIRST(t -> (long) t.number()),
    NEWEST_FIRST(t -> -(long) t.number()),
    BY_CHANGE(Thing::change),
    LAST_CHANGED_FIRST(t -> -t.change());

    private final Function<Thing, Long> key;

    Order(Function<Thing, Long> key) {
      this.key = key;
    }
  }

  /** From when to when, both included. */
  private record Span(Instant from, Instant to) {
    static final Span ALL = new Span(Instant.MIN, Instant.MAX);

    boolean holds(Instant time) {
      return !time.isBefore(from) && !time.isAfter(to);
    }
  }

  private Changes(
      Set<String> parameters,
      Function<FakeRequest, Span> span,
      Optional<Duration> longest,
      Order order) {
    this.parameters = parameters;
    this.span = span;
    this.longest = longest;
    this.order = order;
  }

  /** The listing always gives everything. */
  public static Changes none() {
    return new Changes(Set.of(), r -> Span.ALL, Optional.empty(), Order.OLDEST_FIRST);
  }

  /** A parameter with the time from which on changes are wanted, that time included. */
  public static Changes since(String parameter) {
    return new Changes(
        Set.of(parameter),
        r -> new Span(time(r, parameter).orElse(Instant.MIN), Instant.MAX),
        Optional.empty(),
        Order.OLDEST_FIRST);
  }

  /** Two parameters, both included. */
  public static Changes window(String from, String to) {
    return new Changes(
        Set.of(from, to),
        r -> new Span(time(r, from).orElse(Instant.MIN), time(r, to).orElse(Instant.MAX)),
        Optional.empty(),
        Order.OLDEST_FIRST);
  }

  /** A longer window, or one without an end, is refused with 400. */
  public Changes atMost(Duration window) {
    return new Changes(parameters, span, Optional.of(window), order);
  }

  public Changes newestFirst() {
    return new Changes(parameters, span, longest, Order.NEWEST_FIRST);
  }

  /** A change moves a record to the end. */
  public Changes byChange() {
    return new Changes(parameters, span, longest, Order.BY_CHANGE);
  }

  /** A change moves a record to the front. */
  public Changes lastChangedFirst() {
    return new Changes(parameters, span, longest, Order.LAST_CHANGED_FIRST);
  }

  /** Parameters that a connector must use, or it would read everything each time. */
  Set<String> parameters() {
    return parameters;
  }

  Optional<Duration> longest() {
    return longest;
  }

  Optional<FakeReply> refusal(FakeRequest request) {
    try {
      Span asked = span.apply(request);
      return longest
          .filter(
              max ->
                  asked.equals(Span.ALL)
                      || asked.from.equals(Instant.MIN)
                      || asked.to.equals(Instant.MAX)
                      || Duration.between(asked.from, asked.to).compareTo(max) > 0)
          .map(max -> error("the window is longer than " + max.toDays() + " days"));
    } catch (DateTimeException e) {
      return Optional.of(error("not a time"));
    }
  }

  List<Keyed> matching(FakeRequest request, List<Thing> things) {
    Span asked = span.apply(request);
    return things.stream()
        .filter(t -> asked.holds(t.updated()))
        .map(t -> new Keyed(order.key.apply(t), t))
        .sorted(Comparator.comparing(Keyed::key))
        .toList();
  }

  /** A thing with its place in the order. */
  record Keyed(long key, Thing thing) {}

  private static FakeReply error(String message) {
    return FakeReply.json(JsonTree.object("error", message).toString()).withStatus(400);
  }

  private static Optional<Instant> time(FakeRequest request, String parameter) {
    return request
        .query(parameter)
        .map(
            text ->
                text.matches("-?\\d+")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant());
  }
}
