package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.transform.Lookups;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two different ids never become one, and one that cannot be stored costs itself only. */
class IdentityTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void three() {
    IntStream.rangeClosed(1, 3).forEach(i -> bench.ticket("t" + i, "text " + i));
  }

  private List<String> stored() {
    return bench.store.corpus().idsAfter(KEY, Scope.of(TICKET), java.util.Optional.empty(), 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\u0000", "a\\ud83d", "\\ude00b", "\\ude00\\ud83d"})
  void an_id_that_no_store_can_hold_is_a_failed_item_and_nothing_is_deleted(String odd) {
    three();
    bench.ticket(odd, "odd");
    try (Corpusync engine = bench.engine(new Tickets())) {
      Run first = engine.sync(KEY);
      assertThat(first.counts()).extracting("stored", "failed").containsExactly(3L, 1L);
      FailedItem failed = engine.failures(KEY, 9).get(0);
      assertThat(failed.identity()).isEqualTo(FailedItem.Identity.REFUSED);
      assertThat(failed.reason()).startsWith("id: ").contains("cannot be stored");
      for (int i = 0; i < 2; i++) {
        Run again = engine.resync(KEY);
        assertThat(again.counts())
            .extracting("stored", "deleted", "events", "failed")
            .containsExactly(0L, 0L, 0L, 1L);
      }
      assertThat(stored()).containsExactly("t1", "t2", "t3");
      assertThat(engine.failures(KEY, 9)).hasSize(1);
      assertThat(engine.failures(KEY, 9).get(0).attempts()).isEqualTo(3);
    }
  }

  @Test
  void a_refused_id_stops_neither_deletions_nor_the_watermark_and_ends_with_its_record() {
    three();
    bench.ticket("a\\u0000b", "odd");
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(
              bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .isPresent();
      bench.remove("/tickets", "t2");
      assertThat(engine.resync(KEY).counts().deleted()).isEqualTo(1);
      assertThat(engine.failures(KEY, 9)).hasSize(1);
      bench.remove("/tickets", "a\\u0000b");
      assertThat(engine.resync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(engine.failures(KEY, 9)).isEmpty();
    }
  }

  @Test
  void ids_that_would_be_equal_once_they_were_storable_never_meet() {
    bench.ticket("a\\ufffdb", "one").ticket("a\\u0000b", "two").ticket("a\\ud800b", "three");
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(stored()).containsExactly("a\uFFFDb");
      assertThat(engine.failures(KEY, 9)).hasSize(2);
      assertThat(bench.store.corpus().documentsAfter(KEY, java.util.Optional.empty(), 9).get(0))
          .satisfies(d -> assertThat(d.chunks().get(0).text()).isEqualTo("one"));
    }
  }

  @Test
  void an_id_above_the_limit_is_a_failed_item_and_one_at_the_limit_is_stored() {
    three();
    bench.ticket(letters(9_000), "long").ticket(letters(1_025), "long").ticket(letters(1_024), "x");
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(stored()).hasSize(4).contains(letters(1_024));
      assertThat(engine.failures(KEY, 9))
          .extracting(FailedItem::reason)
          .allMatch(r -> r.contains("at most 1024"))
          .noneMatch(r -> r.contains(letters(20)));
    }
  }

  @Test
  void a_chunk_key_above_the_limit_fails_its_item_with_the_reason() {
    three();
    Tickets long2 =
        new Tickets() {
          @Override
          public Document transform(Item ticket, Lookups lookups) {
            String key = id(ticket).equals("t2") ? letters(3_000) : "k";
            return Document.titled("T").chunk(key, "text").build();
          }
        };
    try (Corpusync engine = bench.engine(long2)) {
      engine.sync(KEY);
      assertThat(stored()).containsExactly("t1", "t3");
      FailedItem failed = engine.failures(KEY, 9).get(0);
      assertThat(failed.id()).isEqualTo("t2");
      assertThat(failed.reason())
          .isEqualTo(
              "transform: the id of a chunk has 3000 bytes in UTF-8: at most 1024 can be stored");
    }
  }

  @Test
  void a_lookup_under_an_id_that_can_never_be_stored_finds_nothing() {
    three();
    Tickets asking =
        new Tickets() {
          @Override
          public Document transform(Item ticket, Lookups lookups) {
            for (String odd : List.of(letters(3_000), "a\u0000b", "\uD800", "")) {
              assertThat(lookups.find(Kind.of("person"), odd)).isEmpty();
              assertThat(lookups.name(Kind.of("person"), odd)).isEmpty();
            }
            return super.transform(ticket, lookups);
          }
        };
    try (Corpusync engine = bench.engine(new People(), asking)) {
      bench.put("/people", "p", "\"name\":\"Ada\"");
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(stored()).hasSize(3);
    }
  }

  @Test
  void ids_are_told_apart_to_the_letter() {
    List<String> ids =
        List.of("A", "a", " a", "a ", "\\u00e9", "e\\u0301", "a\\u200b", "\\ufeffa", "\\u00a0a");
    ids.forEach(id -> bench.ticket(id, "text"));
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(stored()).hasSize(ids.size());
      assertThat(Bench.changes(engine)).hasSize(ids.size());
      assertThat(engine.resync(KEY).counts())
          .extracting("stored", "deleted")
          .containsExactly(0L, 0L);
    }
  }

  private static String letters(int count) {
    return new Random(5)
        .ints(count, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static final class People implements ReferenceStream {
    @Override
    public Kind kind() {
      return Kind.of("person");
    }

    @Override
    public Source source() {
      return Source.listing(Tickets.listing("/people")).relisted();
    }

    @Override
    public String id(Item person) {
      return person.id("id");
    }

    @Override
    public String name(Item person) {
      return person.text("name");
    }
  }
}
