package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectionNotFoundException;
import dev.corpusync.feed.Change;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.Scope;
import dev.corpusync.transform.Lookups;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscribers receive, and what is derived again. */
class FeedTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench tickets(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> bench.ticket("t" + i, "text " + i));
    return bench;
  }

  @Test
  void a_raised_version_derives_stored_documents_again_without_a_request_for_them() {
    tickets(3);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
    }
    bench.paths.put("/tickets", new java.util.TreeMap<>());
    Tickets newer =
        new Tickets() {
          @Override
          public int version() {
            return 2;
          }

          @Override
          public Document transform(Item ticket, Lookups lookups) {
            return Document.titled("New: " + ticket.text("subject"))
                .body(ticket.findText("text"))
                .build();
          }
        };
    try (Corpusync engine = bench.engine(newer)) {
      engine.sync(KEY);
      List<Change> changes = Bench.changes(engine);
      assertThat(changes)
          .hasSize(3)
          .allSatisfy(
              c -> assertThat(((Change.Stored) c).aspects()).containsExactly(Aspect.METADATA));
      assertThat(((Change.Stored) changes.get(0)).document().title()).startsWith("New: ");
    }
  }

  @Test
  void a_feed_acknowledges_only_what_it_delivered() {
    tickets(2);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Change first = engine.changes("acme", "index").poll().get(0);
      for (ChangeFeed other :
          List.of(engine.changes("rival", "index"), engine.changes("acme", "mailer"))) {
        assertThatThrownBy(() -> other.acknowledge(first))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("was not delivered to subscriber");
      }
      assertThat(engine.changes("acme", "index").poll()).hasSize(2);
      engine.changes("acme", "index").acknowledge(first);
      assertThat(engine.changes("acme", "index").poll()).hasSize(1);
    }
  }

  @Test
  void a_disconnected_connection_is_gone_with_everything() {
    tickets(1);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      engine.disconnect(KEY);
      assertThat(bench.store.connections().find(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isZero();
      assertThatThrownBy(() -> engine.sync(KEY))
          .isInstanceOf(ConnectionNotFoundException.class)
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void a_subscriber_receives_the_end_of_a_connection_once() {
    tickets(2);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      engine.disconnect(KEY);
      assertThat(Bench.changes(engine)).singleElement().isInstanceOf(Change.Disconnected.class);
      assertThat(Bench.changes(engine)).isEmpty();
    }
  }

  @Test
  void inserting_a_paragraph_at_the_front_of_fifty_tells_of_one_chunk() {
    String text =
        String.join("\\n\\n", IntStream.range(0, 50).mapToObj(i -> "Paragraph " + i).toList());
    bench.ticket("t1", text);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      bench.ticket("t1", "A new one.\\n\\n" + text);
      engine.sync(KEY);
      Change.Stored change = (Change.Stored) Bench.changes(engine).get(0);
      assertThat(change.aspects()).containsExactly(Aspect.CONTENT);
      assertThat(change.changedChunks()).hasSize(1);
      assertThat(change.removedChunks()).isEmpty();
      assertThat(change.document().chunks()).hasSize(51);
      assertThat(change.document().chunks().get(0).text()).isEqualTo("A new one.");
    }
  }

  @Test
  void what_was_hidden_before_delivery_is_not_told() {
    tickets(2);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      bench.ticket("t1", "a secret that leaked for a minute");
      engine.sync(KEY);
      bench.put("/tickets", "t1", "\"visibility\":\"private\",\"subject\":\"x\"");
      engine.sync(KEY);
      assertThat(Bench.changes(engine)).singleElement().isInstanceOf(Change.Deleted.class);
    }
  }
}
