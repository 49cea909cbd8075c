package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.SubscriberException;
import dev.corpusync.feed.Change;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Store;
import dev.corpusync.store.UndeliveredChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** A document that a subscriber does not take costs itself (P10). */
class DeadLetterTest {
  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private final Set<String> poison = new HashSet<>();
  private int tried;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Bench bench(String kind) {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("corpus.db"));
    Store store = kind.equals("memory") ? MemoryStore.open() : RelationalStore.open(database);
    return new Bench(store);
  }

  private Corpusync engine(Bench bench) {
    Corpusync engine = bench.engine(new Tickets());
    open.add(engine);
    open.add(bench);
    engine.sync(KEY);
    return engine;
  }

  private static String id(Change change) {
    return change instanceof Change.Stored stored
        ? stored.document().ref().id()
        : change instanceof Change.Deleted deleted ? "-" + deleted.ref().id() : "gone";
  }

  private Consumer<Change> index() {
    return change -> {
      tried++;
      if (poison.contains(id(change))) {
        throw new IllegalStateException("cannot index s3cret");
      }
      taken.add(id(change));
    };
  }

  private static ChangeFeed feed(Corpusync engine) {
    return engine.changes(KEY.tenant(), "index").withAttempts(3);
  }

  private void deliverFailing(Corpusync engine) {
    assertThatThrownBy(() -> feed(engine).deliver(index()))
        .isInstanceOf(SubscriberException.class)
        .hasMessageNotContaining("s3cret");
  }

  private static Bench tickets(Bench bench, int count) {
    for (int i = 1; i <= count; i++) {
      bench.ticket("t" + i, "text " + i);
    }
    return bench;
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite"})
  void one_document_becomes_a_dead_letter_and_the_others_are_delivered(String kind) {
    Bench bench = tickets(bench(kind), 4);
    Corpusync engine = engine(bench);
    poison.add("t2");
    deliverFailing(engine);
    assertThat(taken).containsExactly("t1", "t3", "t4");
    for (int wait : new int[] {0, 30}) {
      bench.time.advance(Duration.ofSeconds(wait));
      assertThat(feed(engine).deliver(index())).as("not due yet").isZero();
    }
    bench.time.advance(Duration.ofMinutes(1));
    deliverFailing(engine);
    bench.time.advance(Duration.ofMinutes(3));
    assertThat(feed(engine).undelivered(9)).singleElement().matches(u -> !u.isDead());
    deliverFailing(engine);
    UndeliveredChange dead = feed(engine).undelivered(9).get(0);
    assertThat(dead.isDead()).isTrue();
    assertThat(dead.attempts()).isEqualTo(3);
    assertThat(dead.ref().id()).isEqualTo("t2");
    assertThat(dead.reason()).contains("IllegalStateException").doesNotContain("s3cret");
    bench.time.advance(Duration.ofDays(9));
    assertThat(feed(engine).deliver(index())).as("dead").isZero();

    poison.clear();
    feed(engine).redeliver(dead);
    assertThat(feed(engine).deliver(index())).isEqualTo(1);
    assertThat(taken).endsWith("t2");
    assertThat(feed(engine).undelivered(9)).isEmpty();
    assertThat(feed(engine).deliver(index())).isZero();
  }

  @Test
  void a_later_change_of_the_document_replaces_the_dead_letter() {
    Bench bench = tickets(bench("memory"), 2);
    Corpusync engine = engine(bench);
    poison.add("t2");
    deliverFailing(engine);
    bench.ticket("t2", "mended\\n\\nand longer");
    engine.sync(KEY);
    poison.clear();
    List<Change> got = new ArrayList<>();
    feed(engine).deliver(got::add);
    Change.Stored whole = (Change.Stored) got.get(0);
    assertThat(got).hasSize(1);
    assertThat(whole.aspects()).contains(Aspect.CREATED, Aspect.CONTENT);
    assertThat(whole.changedChunks()).as("all of them").hasSize(2);
    assertThat(whole.removedChunks()).hasSize(1);
    assertThat(feed(engine).undelivered(9)).isEmpty();
  }

  @Test
  void a_deletion_reaches_a_subscriber_that_did_not_take_the_document() {
    Bench bench = tickets(bench("memory"), 2);
    Corpusync engine = engine(bench);
    feed(engine).deliver(index());
    poison.add("t2");
    bench.ticket("t2", "poisoned").ticket("t1", "fine");
    engine.sync(KEY);
    deliverFailing(engine);
    bench.put("/tickets", "t2", "\"visibility\":\"private\",\"subject\":\"x\"");
    engine.sync(KEY);
    assertThat(feed(engine).deliver(index())).isEqualTo(1);
    assertThat(taken).endsWith("-t2");
    assertThat(feed(engine).undelivered(9)).isEmpty();
  }

  @Test
  void several_changes_of_one_document_are_one_failure_and_keep_their_order() {
    Bench bench = tickets(bench("memory"), 2);
    Corpusync engine = engine(bench);
    feed(engine).deliver(index());
    taken.clear();
    poison.add("t1");
    for (int i = 0; i < 3; i++) {
      bench.ticket("t1", "version " + i).ticket("t2", "version " + i);
      engine.sync(KEY);
    }
    tried = 0;
    deliverFailing(engine);
    assertThat(taken).containsExactly("t2", "t2", "t2");
    assertThat(tried).as("once for t1").isEqualTo(4);
    poison.clear();
    bench.time.advance(Duration.ofMinutes(2));
    List<Change> got = new ArrayList<>();
    feed(engine).deliver(got::add);
    assertThat(got).hasSize(1);
    Change.Stored now = (Change.Stored) got.get(0);
    assertThat(now.document().chunks().get(0).text()).isEqualTo("version 2");
    assertThat(now.removedChunks()).as("of all that it missed").hasSize(3);
  }

  @Test
  void a_subscriber_that_is_down_loses_nothing_and_has_no_dead_letters() {
    for (int count : new int[] {2, 15}) {
      taken.clear();
      Bench bench = tickets(bench("memory"), count);
      Corpusync engine = engine(bench);
      tried = 0;
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(
                () ->
                    feed(engine)
                        .deliver(
                            change -> {
                              tried++;
                              throw new IllegalStateException("down");
                            }))
            .isInstanceOf(SubscriberException.class);
        bench.time.advance(Duration.ofHours(7));
      }
      assertThat(tried).isEqualTo(20 * Math.min(count, 10));
      assertThat(feed(engine).undelivered(99)).isEmpty();
      assertThat(feed(engine).deliver(index())).isEqualTo(count);
    }
  }

  @Test
  void a_subscriber_that_goes_down_in_the_middle_continues_there() {
    Bench bench = tickets(bench("memory"), 40);
    Corpusync engine = engine(bench);
    assertThatThrownBy(
            () ->
                feed(engine)
                    .deliver(
                        change -> {
                          if (taken.size() == 7) {
                            throw new IllegalStateException("down");
                          }
                          taken.add(id(change));
                        }))
        .isInstanceOf(SubscriberException.class);
    assertThat(feed(engine).undelivered(9)).isEmpty();
    assertThat(feed(engine).deliver(index())).isEqualTo(33);
    assertThat(taken).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void starting_over_and_leaving_end_what_was_not_delivered() {
    Bench bench = tickets(bench("memory"), 2);
    Corpusync engine = engine(bench);
    poison.add("t1");
    deliverFailing(engine);
    feed(engine).startOver();
    assertThat(feed(engine).undelivered(9)).isEmpty();
    deliverFailing(engine);
    assertThat(feed(engine).undelivered(9)).hasSize(1);
    engine.disconnect(KEY);
    assertThat(feed(engine).undelivered(9)).isEmpty();
    assertThat(feed(engine).deliver(index())).isEqualTo(1);
    assertThat(taken).endsWith("gone");
  }
}
