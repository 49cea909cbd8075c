package dev.corpusync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.ConnectorDefectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P3: a cursor that comes back is found, for cycles of any length. */
class CycleGuardTest {
  @ParameterizedTest
  @CsvSource({"0,1", "0,2", "0,3", "0,17", "1,1", "5,1", "7,2", "100,5", "3,64", "1000,999"})
  void finds_a_cycle_behind_a_tail_in_time(int tail, int length) {
    assertThat(stepsUntilFound(tail, length, false)).isLessThanOrEqualTo(3 * (tail + length) + 3);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,2", "7,2", "100,5", "3,64"})
  void a_resume_before_every_page_loses_nothing(int tail, int length) {
    assertThat(stepsUntilFound(tail, length, true)).isEqualTo(stepsUntilFound(tail, length, false));
  }

  @Test
  void a_listing_without_a_cycle_is_not_stopped() {
    CycleGuard guard = new CycleGuard("ticket", "");
    for (int i = 0; i < 100_000; i++) {
      guard.step("c" + i);
    }
    assertThat(guard.trail().length()).isLessThan(40);
  }

  private static int stepsUntilFound(int tail, int length, boolean resuming) {
    CycleGuard guard = new CycleGuard("ticket", "");
    for (int page = 0; ; page++) {
      int cursor = page < tail ? page : tail + (page - tail) % length;
      try {
        guard.step("c" + cursor);
      } catch (ConnectorDefectException e) {
        assertThat(e).hasMessageContaining("ticket").hasMessageContaining("nothing was deleted");
        return page;
      }
      assertThat(page).as("pages").isLessThan(100_000);
      if (resuming) {
        guard = new CycleGuard("ticket", guard.trail());
      }
    }
  }

  @Test
  void a_page_that_comes_for_ever_is_found_and_one_shared_by_two_windows_is_not() {
    CycleGuard guard = new CycleGuard("ticket", "");
    guard.page(page("a"));
    guard.page(page("a"));
    guard.page(page());
    guard.page(page("a"));
    guard.page(page("a", "b"));
    guard.page(page("a", "b"));
    assertThatThrownBy(() -> guard.page(page("a", "b")))
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessageContaining("same 2 records")
        .hasMessageContaining("ignore the cursor's parameter");
  }

  private static List<Payload> page(String... ids) {
    return Stream.of(ids)
        .map(id -> Payload.of(("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  void what_is_thrown_is_the_connector_s_defect() {
    CycleGuard guard = new CycleGuard("ticket", "");
    guard.step("c");
    assertThatThrownBy(() -> guard.step("c"))
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessageContaining("within 1 pages");
  }
}
