package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import java.util.List;

/** PAGE: whatever the pages are like, everything is read once and nothing is taken for the end. */
abstract class PagingChecks extends Area {
  PagingChecks(Bench bench) {
    super(bench);
  }

  @Check(id = "PAGE-01", rule = "The size of pages makes no difference", needs = Need.PAGES)
  public final void the_size_of_pages_makes_no_difference() {
    for (int size : List.of(1, 2, SIZE - 1, SIZE, SIZE + 1, 1_000)) {
      try (Trial trial = trial()) {
        trial.quirks().pageSize(size);
        whole(trial, "with pages of " + size);
      }
    }
  }

  @Check(
      id = "PAGE-02",
      rule = "An empty page in the middle is not the end",
      needs = Need.EMPTY_PAGES)
  public final void an_empty_page_is_not_the_end() {
    try (Trial trial = trial()) {
      trial.quirks().emptyPage(1);
      whole(trial, "when the second page holds nothing and more follows");
    }
  }

  @Check(
      id = "PAGE-05",
      rule = "A cursor that leads back to where the listing was ends the run, and deletes nothing",
      needs = Need.CURSORS)
  public final void a_cycle_ends_the_run() {
    for (int back : List.of(2, 1, 0)) {
      try (Trial trial = trial()) {
        trial.quirks().pageSize(2);
        whole(trial, "before anything went wrong");
        trial.quirks().leadsTo(2, back);
        Run run = trial.resync();
        assertThat(run.state())
            .as("a full listing whose third page leads back to page %s: %s", back, run.message())
            .isEqualTo(Run.State.FAILED);
        trial.index().isWhole("after a listing that went in a circle");
      }
    }
  }

  @Check(
      id = "PAGE-14",
      rule = "A page with fewer records than asked for is not the last",
      needs = Need.PAGES)
  public final void a_short_page_is_not_the_last() {
    try (Trial trial = trial()) {
      trial.quirks().shortPages();
      whole(trial, "when every page ends early");
    }
  }
}
