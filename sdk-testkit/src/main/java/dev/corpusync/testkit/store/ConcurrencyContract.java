package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

/** Many at once. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class ConcurrencyContract extends IsolationContract {

  @Check(id = "STO-16a", rule = "Connections do not wait for or disturb each other.")
  public final void writers_of_many_connections_and_readers_do_not_disturb_each_other()
      throws Exception {
    List<Integer> sizes =
        ParallelWork.run(
            THREADS,
            n -> {
              ConnectionKey key = new ConnectionKey("acme", "c" + n);
              Fence mine = connect(key);
              for (int page = 0; page < 10; page++) {
                store.commit(
                    Commit.under(mine, RUN)
                        .item(issue("a" + page))
                        .item(issue("b" + page))
                        .build());
                store
                    .corpus()
                    .documentsAfter(key, Optional.empty(), 100)
                    .forEach(d -> assertThat(d.chunks()).hasSize(1));
              }
              return store.outbox().events(key, 0, 100).size();
            });
    assertThat(sizes).hasSize(THREADS).containsOnly(20);
  }

  @Check(id = "STO-16b", rule = "Events become visible in the order of their numbers.")
  public final void a_reader_never_finds_a_smaller_number_later() throws Exception {
    CountDownLatch writing = new CountDownLatch(THREADS / 2);
    List<List<Long>> read =
        ParallelWork.run(THREADS, n -> n % 2 == 0 ? write(n, writing) : readAlong(writing));
    List<Long> all = events().stream().map(Outbox.Event::number).toList();
    assertThat(all).hasSize(THREADS / 2 * 40);
    for (int n = 1; n < THREADS; n += 2) {
      assertThat(read.get(n)).as("what reader %s was given", n).isEqualTo(all);
    }
  }

  /** With the fence of others, as a paused run and its successor within one process would. */
  private List<Long> write(int worker, CountDownLatch writing) {
    try {
      for (int i = 0; i < 40; i++) {
        commit(step().item(issue(worker + "-" + i)));
      }
      return List.of();
    } finally {
      writing.countDown();
    }
  }

  /** While others write, and once more when they have ended. */
  private List<Long> readAlong(CountDownLatch writing) {
    List<Long> numbers = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      ended = writing.getCount() == 0;
      long after = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
      store.outbox().events(KEY, after, 1000).forEach(e -> numbers.add(e.number()));
    }
    return numbers;
  }

  @Check(id = "STO-02a", rule = "Nobody ever sees half a commit.")
  public final void a_reader_never_sees_half_a_commit() throws Exception {
    List<Ref> refs = List.of(ONE, ISSUE.ref("2"), ISSUE.ref("3"));
    commit(together(refs, 0));
    AtomicInteger reads = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    List<Integer> last =
        ParallelWork.run(
            4,
            n -> {
              try {
                int page = 0;
                while (!done.get()) {
                  if (n == 0) {
                    commit(together(refs, ++page));
                    done.compareAndSet(false, page >= 50 && reads.get() >= 100);
                  } else {
                    assertThat(texts(refs)).as("one commit wrote all of them").hasSize(1);
                    reads.incrementAndGet();
                  }
                }
                return page;
              } finally {
                done.set(true);
              }
            });
    assertThat(texts(refs)).containsExactly("text " + last.get(0));
  }

  private Set<String> texts(List<Ref> refs) {
    return store.corpus().documents(KEY, refs).values().stream()
        .map(d -> d.chunks().get(0).text())
        .collect(Collectors.toSet());
  }

  private Commit.Builder together(List<Ref> refs, int page) {
    Commit.Builder step = step();
    refs.forEach(ref -> step.item(item(ref, Optional.empty(), by(ANN), "text " + page)));
    return step;
  }

  @Check(id = "STO-04c", rule = "The same content, written by many at once, is there once.")
  public final void the_same_content_written_by_many_at_once_is_there_once() throws Exception {
    commit(step().item(issue("1")));
    String before = AnswerText.of(document(ONE)) + AnswerText.of(state(ISSUE, "1"));
    ItemWrite same = ItemWrite.of(issue("1").artifact()).withDerived(issue("1").derived());
    ParallelWork.run(
        THREADS,
        n -> {
          for (int i = 0; i < 12; i++) {
            commit(step().item(same));
          }
          return n;
        });
    assertThat(AnswerText.of(document(ONE)) + AnswerText.of(state(ISSUE, "1"))).isEqualTo(before);
    assertThat(ids()).containsExactly("1");
    assertThat(events()).hasSize(1);
  }

  @Check(id = "STO-16c", rule = "No update is lost.")
  public final void counts_of_many_writers_add_up() throws Exception {
    begin(RUN);
    ParallelWork.run(
        THREADS,
        n -> {
          for (int i = 0; i < 25; i++) {
            commit(step().count(Counts.builder().seen(1).unchanged(1).requests(2).build()));
          }
          return n;
        });
    assertThat(nth(store.journal().runs(KEY, 1), 0).counts())
        .isEqualTo(
            Counts.builder()
                .seen(THREADS * 25)
                .unchanged(THREADS * 25)
                .requests(THREADS * 50)
                .build());
  }
}
