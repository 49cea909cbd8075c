package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Exchanges.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fault.ForwardingStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A process that dies in the middle of retries: the next run ends as if it had not (P1, P10). */
class RetryCrashTest {
  private static final int BAD = 60;

  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Dies at a commit, and takes none until it is revived. */
  private static final class DiesOnce extends ForwardingStore {
    private int left;
    private boolean dead;

    DiesOnce(Store store) {
      super(store);
    }

    void dieAt(int commit) {
      left = commit;
    }

    boolean revive() {
      boolean died = dead;
      dead = false;
      left = 0;
      return died;
    }

    @Override
    public CommitResult commit(Commit commit) {
      dead = dead || left == 1;
      left--;
      if (dead) {
        throw new Death();
      }
      return store.commit(commit);
    }
  }

  private record End(List<String> stored, List<String> failed) {}

  private static End end(int crashAt) {
    DiesOnce store = new DiesOnce(MemoryStore.open());
    try (Exchanges api = new Exchanges(store, new RawThings.ById())) {
      StringBuilder page = new StringBuilder("{'next':null,'data':[");
      page.append(records(IntStream.range(0, 700).mapToObj(i -> "g" + i).toArray(String[]::new)));
      for (int i = 0; i < BAD; i++) {
        page.append(",{'id':'bad" + i + "','title':7}");
        if (i % 3 == 0) {
          api.get("/things/bad" + i, "{'id':'bad" + i + "','title':'mended'}");
        } else if (i % 3 == 1) {
          api.get("/things/bad" + i, 400);
        }
      }
      api.get("/things", page + "]}").sync();
      api.things("/things");
      store.dieAt(crashAt);
      Throwable death = catchThrowable(api::sync);
      assertThat(death == null).isEqualTo(crashAt == 0);
      assertThat(store.revive()).as("a crash at commit %s", crashAt).isEqualTo(death != null);
      api.time.advance(Duration.ofHours(1));
      assertThat(api.sync().state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(api.failures()).extracting(FailedItem::attempts).allMatch(a -> a <= 3);
      return new End(api.stored(), api.failed());
    }
  }

  @Test
  void a_crash_between_any_two_commits_of_the_retries_changes_nothing_in_the_end() {
    End whole = end(0);
    assertThat(whole.stored()).hasSize(700 + BAD / 3);
    assertThat(whole.failed()).hasSize(BAD / 3);
    for (int commit = 1; commit <= 6; commit++) {
      assertThat(end(commit)).as("a crash at commit %s", commit).isEqualTo(whole);
    }
  }
}
