package dev.corpusync.examples.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.examples.support.SupportDesk;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk with more history than it gives out at once. */
class LongHistoryTest {
  private static final Duration LONGEST = Duration.ofDays(30);
  private final FakeSupportDesk world =
      new FakeSupportDesk(3, 8, VirtualTime.START.minus(Duration.ofDays(85)));
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
  void is_walked_in_windows_that_it_answers_with_a_cursor_inside() {
    try (Rig rig = new Rig(new SupportDesk(), world.api(), world::settings, folder)) {
      Run run = rig.sync();

      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(rig.refs()).isEqualTo(world.visible()).hasSizeGreaterThan(30);
      assertThat(rig.server.exchanges()).allMatch(exchange -> exchange.status() == 200);
      assertThat(rig.server.exchanges()).anyMatch(e -> e.query().containsKey("cursor"));
      joined(windows(rig.server.exchanges()));
    }
  }

  @Test
  void longer_windows_are_refused() {
    for (int days : new int[] {30, 31}) {
      Map<String, List<String>> query =
          Map.of(
              "updated_from", List.of(VirtualTime.START.minus(Duration.ofDays(days)).toString()),
              "updated_to", List.of(VirtualTime.START.toString()));
      FakeRequest request =
          new FakeRequest(
              1,
              "GET",
              "/conversations/search",
              query,
              Map.of("x-api-key", List.of("k")),
              new byte[0]);
      assertThat(world.api().answer(request).orElseThrow().status())
          .isEqualTo(days == 30 ? 200 : 400);
    }
  }

  private static Set<Window> windows(List<Exchange> exchanges) {
    Set<Window> windows = new LinkedHashSet<>();
    for (Exchange exchange : exchanges) {
      windows.add(
          new Window(
              Instant.parse(exchange.query().get("updated_from").get(0)),
              Instant.parse(exchange.query().get("updated_to").get(0))));
    }
    return windows;
  }

  /** From now back over more than two of the longest, without a gap. */
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
