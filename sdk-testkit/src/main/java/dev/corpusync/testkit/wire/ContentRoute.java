package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Thing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a thing. Its own address, for clients with the secret, leads to a signed one, for
 * all who has that, until it expires: a range of bytes, or all. As with object stores, a signed
 * address that is asked for with credentials besides is refused.
 */
record ContentRoute(String name, RoutePattern owners, ContentLinks links) implements Route {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  @Override
  public Optional<String> ofSingleRecords() {
    return Optional.of(owners.kind());
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return isOpen(request)
        ? Optional.of(signed(request, scene))
        : owners
            .thing(request, scene.world())
            .map(
                owner ->
                    owner.isListed()
                        ? FakeReply.status(302).header("Location", address(request, scene, owner))
                        : FakeReply.status(404));
  }

  @Override
  public boolean isOpen(FakeRequest request) {
    return request.method().equals("GET") && request.path().startsWith(links.path() + "/");
  }

  private String address(FakeRequest request, Scene scene, Thing owner) {
    String base = Addresses.base(request);
    long until = scene.world().clock().plus(links.life()).getEpochSecond();
    return (links.elsewhere() ? base.replaceFirst("//[^:/]+", "//localhost") : base)
        + links.path()
        + "/"
        + owner.number()
        + "?expires="
        + until
        + "&signature="
        + signature(owner.number(), until);
  }

  /** Of no strength: nobody but a client that makes addresses up has to be told from the fake. */
  private static String signature(int number, long until) {
    return Integer.toHexString(Arrays.hashCode(new long[] {number, until, 0x5eed}));
  }

  private FakeReply signed(FakeRequest request, Scene scene) {
    if (request.header("authorization").isPresent()) {
      return FakeReply.json("{\"error\":\"one way of signing in only\"}").withStatus(400);
    }
    String number = request.path().substring(links.path().length() + 1);
    long until =
        request
            .query("expires")
            .filter(t -> t.matches("\\d{1,18}"))
            .map(Long::parseLong)
            .orElse(0L);
    Optional<Thing> owner =
        scene.world().all(owners.kind()).stream()
            .filter(t -> Integer.toString(t.number()).equals(number))
            .filter(
                t ->
                    request
                        .query("signature")
                        .filter(signature(t.number(), until)::equals)
                        .isPresent())
            .findFirst();
    if (owner.isEmpty() || scene.world().clock().isAfter(Instant.ofEpochSecond(until))) {
      return FakeReply.json("{\"error\":\"the address is not signed, or expired\"}")
          .withStatus(403);
    }
    return owner
        .filter(Thing::isListed)
        .map(thing -> content(request, scene, thing))
        .orElse(FakeReply.status(404));
  }

  private FakeReply content(FakeRequest request, Scene scene, Thing thing) {
    byte[] all = thing.content();
    String tag = "\"" + thing.number() + "-" + thing.version() + "\"";
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", links.type()),
            Map.entry("Accept-Ranges", "bytes"),
            Map.entry("ETag", tag));
    if (request.header("if-none-match").filter(tag::equals).isPresent()) {
      return new FakeReply(304, headers, new byte[0]);
    }
    Optional<Matcher> range =
        request
            .header("range")
            .filter(r -> !scene.quirks().isIgnoringRanges())
            .filter(r -> request.header("if-range").map(tag::equals).orElse(true))
            .map(RANGE::matcher)
            .filter(Matcher::matches)
            .filter(r -> !(r.group(1).isEmpty() && r.group(2).isEmpty()));
    return range.map(r -> part(r, headers, all)).orElseGet(() -> new FakeReply(200, headers, all));
  }

  /** RFC 9110, 14: from, from and to, or so many at the end. */
  private static FakeReply part(
      Matcher range, List<Map.Entry<String, String>> headers, byte[] all) {
    boolean suffix = range.group(1).isEmpty();
    long from =
        suffix
            ? Math.max(0, all.length - Long.parseLong(range.group(2)))
            : Long.parseLong(range.group(1));
    long to =
        suffix || range.group(2).isEmpty()
            ? all.length - 1
            : Math.min(all.length - 1, Long.parseLong(range.group(2)));
    if (from >= all.length || to < from) {
      return new FakeReply(416, headers, new byte[0])
          .header("Content-Range", "bytes */" + all.length);
    }
    byte[] some = Arrays.copyOfRange(all, (int) from, (int) to + 1);
    return new FakeReply(206, headers, some)
        .header("Content-Range", "bytes " + from + "-" + to + "/" + all.length);
  }
}
