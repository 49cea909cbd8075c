package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Payload;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.SyncCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A page may be compared with what is stored before the one in front of it is committed, but not
 * when both hold the same thing. The executor runs at once, so here it always is before.
 */
class AheadTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  record Position(int page) implements SyncCursor {}

  /** Two pages: /first, /second. */
  private static final class TwoPages extends Tickets {
    /** A record of the first page that may be deleted or not. */
    private Optional<String> doubtful = Optional.empty();

    @Override
    public Source source() {
      return Source.extractor(
          new Extractor<Position>() {
            @Override
            public Class<Position> cursor() {
              return Position.class;
            }

            @Override
            public Page<Position> fetch(FetchRequest<Position> ask) {
              boolean first = ask.position().isEmpty();
              Page.Builder page =
                  Page.of(ask.api().send(Call.get(first ? "/first" : "/second")).records("data"));
              doubtful
                  .filter(record -> first)
                  .map(record -> Payload.of(record.getBytes(StandardCharsets.UTF_8)))
                  .ifPresent(record -> page.malformed(record, "says neither"));
              return first ? page.next(new Position(1)) : page.end(Proof.SAID);
            }
          },
          Source.Changes.RELISTED);
    }
  }

  private Run sync() {
    try (Corpusync engine =
        bench.engine(options -> options.executor(Runnable::run), new TwoPages())) {
      return engine.sync(KEY);
    }
  }

  private void ticket(String path, String id, String visibility) {
    bench.put(
        path, id, "\"visibility\":\"" + visibility + "\",\"subject\":\"S\",\"text\":\"Text\"");
  }

  private List<String> stored() {
    return bench.store.corpus().documentsAfter(KEY, Optional.empty(), 10).stream()
        .map(document -> document.ref().id())
        .toList();
  }

  @Test
  void what_slips_to_the_next_page_is_stored_and_told_once() {
    ticket("/first", "t1", "public");
    ticket("/first", "t2", "public");
    ticket("/second", "t2", "public");
    ticket("/second", "t3", "public");
    Run run = sync();
    assertThat(run.counts().stored()).isEqualTo(3);
    assertThat(run.counts().unchanged()).isEqualTo(1);
    assertThat(run.counts().events()).isEqualTo(3);
    assertThat(stored()).containsExactly("t1", "t2", "t3");
  }

  /** P6. */
  @Test
  void what_is_private_on_the_next_page_is_gone() {
    ticket("/first", "t1", "public");
    ticket("/second", "t1", "private");
    ticket("/second", "t2", "public");
    assertThat(sync().counts().deleted()).isEqualTo(1);
    assertThat(stored()).containsExactly("t2");
  }

  @Test
  void pages_of_different_things_are_stored_whole() {
    ticket("/first", "t1", "public");
    ticket("/second", "t2", "public");
    assertThat(sync().counts().stored()).isEqualTo(2);
    assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(2);
  }

  /** P6: the first page deletes the ticket; comparing before that would take it for unchanged. */
  @Test
  void what_a_doubtful_record_deletes_is_stored_again_by_the_next_page() {
    ticket("/first", "t1", "public");
    ticket("/second", "t2", "public");
    TwoPages pages = new TwoPages();
    try (Corpusync engine = bench.engine(options -> options.executor(Runnable::run), pages)) {
      engine.sync(KEY);
      bench.remove("/first", "t1");
      pages.doubtful = Optional.of("{\"id\":\"t1\",\"visibility\":\"private\"}");
      ticket("/second", "t1", "public");
      assertThat(engine.resync(KEY).counts().deleted()).isEqualTo(1);
    }
    assertThat(stored()).containsExactly("t1", "t2");
  }
}
