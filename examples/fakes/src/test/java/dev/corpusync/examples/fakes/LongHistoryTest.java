package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.examples.support.SupportDesk;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A support desk with more history than one search returns. */
class LongHistoryTest {
  private static final Duration LONGEST = Duration.ofDays(30);
  private final World world = new World(3, SupportContract.WIRE.types(), 8);
  private final FakeApi api = SupportContract.WIRE.serve(world, new Quirks(2), Rig.SECRET);
  @TempDir Path folder;

  private record Window(Instant from, Instant to) {}

  LongHistoryTest() {
    for (int week = 0; week < 11; week++) {
      world.pass(Duration.ofDays(7));
      for (int i = 0; i < 3; i++) {
        world.add();
      }
    }
  }

  @Test
  void is_read_in_windows_with_a_cursor_inside_each() {
    try (Rig rig = new Rig(new SupportDesk(), api, this::settings, folder)) {
      rig.time.advance(Duration.between(rig.time.now(), world.clock()));
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.refs()).isEqualTo(visible()).hasSizeGreaterThan(30);
      assertThat(rig.server.exchanges()).allMatch(exchange -> exchange.status() == 200);
      assertThat(rig.server.exchanges()).anyMatch(e -> e.query().containsKey("cursor"));
      joined(windows(rig.server.exchanges()));
    }
  }

  @Test
  void longer_windows_are_refused() {
    for (int days : new int[] {30, 31}) {
      String body =
          "{\"filter\":{\"field\":\"updated_at\",\"operator\":\"time_range\",\"values\":[\"%s\",\"%s\"]}}"
              .formatted(VirtualTime.START.minus(Duration.ofDays(days)), VirtualTime.START);
      FakeRequest request =
          new FakeRequest(
              1,
              "POST",
              "/issues/search",
              Map.of(),
              Map.of("x-api-key", List.of(Rig.SECRET)),
              body.getBytes(StandardCharsets.UTF_8));
      assertThat(api.answer(api.seen(request)).orElseThrow().status())
          .isEqualTo(days == 30 ? 200 : 400);
    }
  }

  private Map<String, String> settings(URI server) {
    Map<String, String> settings = new TreeMap<>(SupportContract.WIRE.settings(world));
    settings.put("base_url", server.toString());
    return settings;
  }

  private Set<Ref> visible() {
    return world.visible("conversation").stream()
        .map(c -> Kind.of("conversation").ref(c.id()))
        .collect(Collectors.toSet());
  }

  private static Set<Window> windows(List<Exchange> exchanges) {
    Set<Window> windows = new LinkedHashSet<>();
    for (Exchange exchange : exchanges) {
      windows.add(
          new Window(
              Instant.parse(exchange.query().get("filter/values/0").get(0)),
              Instant.parse(exchange.query().get("filter/values/1").get(0))));
    }
    return windows;
  }

  /** The windows from now back over more than two of the longest, without a gap. */
  private static void joined(Set<Window> windows) {
    List<Window> all = List.copyOf(windows);
    for (int i = 0; i < all.size(); i++) {
      Window window = all.get(i);
      assertThat(Duration.between(window.from(), window.to())).isBetween(Duration.ZERO, LONGEST);
      assertThat(i == 0 || window.to().equals(all.get(i - 1).from())).isTrue();
    }
    Instant first = all.get(all.size() - 1).from();
    assertThat(Duration.between(first, all.get(0).to())).isGreaterThan(LONGEST.multipliedBy(2));
    assertThat(all).hasSizeGreaterThanOrEqualTo(3);
  }
}
