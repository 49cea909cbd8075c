package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.error.RemoteException;
import dev.corpusync.extract.Ask;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each check fails on the mutants that it is there for, and on no others: the failed set of each
 * mutant equals its row.
 */
class KillMatrixTest {
  private static final Paging PAGES = Paging.cursor("cursor", "next");

  private record Mutant(String name, Subject subject, StoreFixture store, Set<String> failed) {}

  @TestFactory
  List<DynamicTest> every_mutant_fails_exactly_its_checks() {
    return mutants().stream()
        .map(
            m ->
                DynamicTest.dynamicTest(
                    m.name(),
                    () ->
                        assertThat(failedBy(m))
                            .as("checks that %s fails", m.name())
                            .isEqualTo(m.failed())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> every_check_kills_a_mutant() {
    Set<String> killers = new TreeSet<>();
    mutants().forEach(m -> killers.addAll(m.failed()));
    return checks(
            new Checks(
                ReferenceContractTest.subject(new ReferenceConnector()), StoreFixture.inMemory()))
        .keySet()
        .stream()
        .map(check -> DynamicTest.dynamicTest(check, () -> assertThat(killers).contains(check)))
        .toList();
  }

  private static List<Mutant> mutants() {
    return List.of(
        mutant("reference", new ReferenceConnector()),
        mutant("everything is visible", new AllVisible(), "exact", "privacy", "changes"),
        mutant(
            "hides only what says private", new HidesOnlyPrivate(), "exact", "privacy", "changes"),
        mutant(
            "lists everything again at each run",
            source(Source.listing(listing(PAGES)).relisted()),
            "idle"),
        mutant(
            "reads only the first page",
            source(
                Source.listing(listing(Paging.single()))
                    .changedSince(Duration.ofSeconds(10), KillMatrixTest::since)),
            "exact",
            "changes",
            "privacy"),
        mutant(
            "takes not found for the end",
            source(Source.extractor(new NotFoundIsEnd(), Source.Changes.SINCE)),
            "deletion"),
        mutant(
            "takes a failure for the end",
            source(Source.extractor(new FailureIsEnd(), Source.Changes.SINCE))),
        mutant(
            "remembers its position in a field",
            source(Source.extractor(new Remembers(), Source.Changes.SINCE)),
            "crash",
            "crash ahead"),
        mutant(
            "asks for changes without overlap and a second late",
            source(
                Source.listing(listing(PAGES))
                    .changedSince(Duration.ZERO, (call, t) -> since(call, t.plusSeconds(3)))),
            "changes",
            "privacy"),
        new Mutant(
            "a store that saves the cursor before the data",
            ReferenceContractTest.subject(new ReferenceConnector()),
            cursorBeforeData(),
            Set.of("crash", "crash ahead")));
  }

  private static Mutant mutant(String name, ReferenceConnector connector, String... failed) {
    return new Mutant(
        name, ReferenceContractTest.subject(connector), StoreFixture.inMemory(), Set.of(failed));
  }

  private static Set<String> failedBy(Mutant mutant) {
    Set<String> failed = new TreeSet<>();
    checks(new Checks(mutant.subject(), mutant.store()))
        .forEach(
            (name, check) -> {
              try {
                check.run();
              } catch (AssertionError e) {
                assertThat(e.getMessage())
                    .as("the message of %s", name)
                    .isNotBlank()
                    .doesNotContain("NullPointerException", Trial.TOKEN);
                failed.add(name);
              }
            });
    return failed;
  }

  private static Map<String, Runnable> checks(Checks checks) {
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("exact", checks::stores_exactly_what_is_visible);
    all.put("changes", checks::follows_every_change);
    all.put("crash", () -> checks.survives_a_crash_at_every_step(false));
    all.put("crash ahead", () -> checks.survives_a_crash_at_every_step(true));
    all.put("privacy", checks::never_keeps_what_may_not_be_seen);
    all.put("deletion", checks::never_deletes_after_a_failed_listing);
    all.put("idle", () -> checks.an_idle_run_costs_a_constant(40, 1_200));
    return all;
  }

  private static Listing listing(Paging paging) {
    return Listing.of(at -> Call.get("/tickets"), "data", paging);
  }

  private static Call since(Call call, Instant time) {
    return call.query("updated_after", time);
  }

  private static ReferenceConnector source(Source source) {
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return source;
      }
    };
  }

  private static final class AllVisible extends ReferenceConnector {
    @Override
    public Visibility visibility(Item ticket) {
      return Visibility.declared("a false sentence");
    }
  }

  private static final class HidesOnlyPrivate extends ReferenceConnector {
    @Override
    public Visibility visibility(Item ticket) {
      return ticket.findText("visibility").filter("private"::equals).isPresent()
          ? Visibility.hidden("private")
          : Visibility.declared("a false sentence");
    }
  }

  record At(String cursor) implements SyncCursor {}

  private abstract static class OwnExtractor implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    final Page<At> page(Ask<At> ask, Optional<String> cursor) {
      Call first =
          ask.since()
              .map(t -> since(Call.get("/tickets"), t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Reply reply = ask.api().send(cursor.map(c -> first.query("cursor", c)).orElse(first));
      Page.Builder page = Page.of(reply.records("data"));
      return reply
          .json()
          .findText("next")
          .map(next -> page.next(new At(next)))
          .orElseGet(() -> page.end(Proof.SAID));
    }
  }

  /** The classic: an error ends the listing. The watched client makes it harmless. */
  private static final class FailureIsEnd extends OwnExtractor {
    @Override
    public Page<At> fetch(Ask<At> ask) {
      try {
        return page(ask, ask.position().map(At::cursor));
      } catch (RemoteException e) {
        return Page.of(List.of()).end(Proof.SAID);
      }
    }
  }

  /** A 404 in the middle of a listing is no end; asking with find() takes it for one. */
  private static final class NotFoundIsEnd extends OwnExtractor {
    @Override
    public Page<At> fetch(Ask<At> ask) {
      Call call =
          ask.since()
              .map(t -> since(Call.get("/tickets"), t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Optional<Reply> found =
          ask.api().find(ask.position().map(p -> call.query("cursor", p.cursor())).orElse(call));
      if (found.isEmpty()) {
        return Page.of(List.of()).end(Proof.SAID);
      }
      Page.Builder page = Page.of(found.get().records("data"));
      return found
          .get()
          .json()
          .findText("next")
          .map(next -> page.next(new At(next)))
          .orElseGet(() -> page.end(Proof.SAID));
    }
  }

  /**
   * Keeps its position in a field, so a new process starts where the old one's memory was: nowhere.
   */
  private static final class Remembers extends OwnExtractor {
    private Optional<String> cursor = Optional.empty();

    @Override
    public Page<At> fetch(Ask<At> ask) {
      if (ask.position().isEmpty()) {
        cursor = Optional.empty();
      }
      Page<At> page = page(ask, cursor);
      cursor = page.next().map(At::cursor);
      return page;
    }
  }

  /**
   * Each page's data is written with the next commit, its cursor at once: what a crash in between
   * loses is lost.
   */
  private static StoreFixture cursorBeforeData() {
    return new StoreFixture() {
      @Override
      public String name() {
        return "cursor before data";
      }

      @Override
      public Database create() {
        Database whole = StoreFixture.inMemory().create();
        return new Database() {
          @Override
          public Store open() {
            return new CursorBeforeData(whole.open());
          }

          @Override
          public void close() {
            whole.close();
          }
        };
      }
    };
  }

  private record CursorBeforeData(Store store, List<ItemWrite> pending) implements Store {
    CursorBeforeData(Store store) {
      this(store, new ArrayList<>());
    }

    @Override
    public Committed commit(Commit commit) {
      Commit.Builder early = Commit.under(commit.fence(), commit.run()).count(commit.counts());
      pending.forEach(early::item);
      pending.clear();
      pending.addAll(commit.items());
      commit.deletions().forEach(early::delete);
      commit.progress().ifPresent(early::progress);
      commit.forgetSeen().ifPresent(early::forgetSeen);
      commit.seen().ifPresent(early::seen);
      commit.record().ifPresent(early::record);
      return store.commit(early.build());
    }

    @Override
    public Connections connections() {
      return store.connections();
    }

    @Override
    public Leases leases() {
      return store.leases();
    }

    @Override
    public Corpus corpus() {
      return store.corpus();
    }

    @Override
    public Checkpoints checkpoints() {
      return store.checkpoints();
    }

    @Override
    public Journal journal() {
      return store.journal();
    }

    @Override
    public Outbox outbox() {
      return store.outbox();
    }

    @Override
    public Secrets secrets() {
      return store.secrets();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
