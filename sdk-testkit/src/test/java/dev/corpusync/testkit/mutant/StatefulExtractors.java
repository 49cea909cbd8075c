package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extractors that keep their place, or something else, where it does not last. */
final class StatefulExtractors {
  private StatefulExtractors() {}

  /**
   * Where it continues.
   *
   * @param note what else a mutant believes it must know
   */
  record At(String cursor, String note) implements SyncCursor {}

  /** The reference's way of paging, by hand. */
  abstract static class ByPlace implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    static Reply ask(FetchRequest<At> ask, Optional<String> cursor) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      return ask.api().send(cursor.map(c -> first.query("cursor", c)).orElse(first));
    }

    static Optional<String> next(Reply reply) {
      return reply.json().findText("next");
    }

    static Page<At> page(Reply reply, List<Payload> records, String note) {
      Page.Builder page = Page.of(records);
      return next(reply).map(n -> page.next(new At(n, note))).orElseGet(() -> page.end(Proof.SAID));
    }

    static Page<At> nothingMore() {
      return Page.of(List.of()).end(Proof.SAID);
    }
  }

  /** Holds the last record of each page back, to see whether another follows. */
  static final class HoldsBack extends ByPlace {
    private final List<Payload> held = new ArrayList<>();

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply = ask(ask, ask.position().map(At::cursor));
      List<Payload> records = new ArrayList<>(held);
      records.addAll(reply.records("data"));
      held.clear();
      if (next(reply).isPresent()) {
        held.add(records.remove(records.size() - 1));
      }
      return page(reply, records, "");
    }
  }

  /** A new process walks to where the last one was, and looks twice at each page. */
  static final class WalksAgain extends ByPlace {
    private String cursor = "";

    @Override
    public int requestsPerPage() {
      return 100;
    }

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Optional<String> place = ask.position().map(At::cursor);
      if (place.isPresent() && cursor.isEmpty()) {
        Optional<String> passed = Optional.empty();
        while (!passed.equals(place)) {
          ask(ask, passed);
          Reply before = ask(ask, passed);
          before.records("data");
          passed = next(before);
        }
      }
      Reply reply = ask(ask, place);
      List<Payload> records = reply.records("data");
      cursor = next(reply).orElse("");
      return page(reply, records, "");
    }
  }

  /** Where a new process finds no place in memory, it believes to be at the end. */
  static final class EndsWithoutPlace extends ByPlace {
    private @Nullable String cursor;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      if (ask.position().isPresent() && cursor == null) {
        return nothingMore();
      }
      Reply reply = ask(ask, ask.position().map(At::cursor));
      List<Payload> records = reply.records("data");
      cursor = next(reply).orElse(null);
      return page(reply, records, "");
    }
  }

  /** Continues after one death, and gives up after another. */
  static final class GoesOnOnce extends ByPlace {
    private boolean begun;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      String note = ask.position().map(At::note).orElse("");
      if (ask.position().isPresent() && !begun) {
        if (note.equals("continued")) {
          return nothingMore();
        }
        note = "continued";
      }
      begun = true;
      Reply reply = ask(ask, ask.position().map(At::cursor));
      return page(reply, reply.records("data"), note);
    }
  }

  /** Each process begins at the first page. */
  static final class BeginsAnew extends ByPlace {
    private static int processes;
    private final String process = "process " + ++processes;
    private @Nullable String cursor;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      if (ask.position().isEmpty()) {
        cursor = null;
      }
      Reply reply = ask(ask, Optional.ofNullable(cursor));
      List<Payload> records = reply.records("data");
      cursor = next(reply).orElse(null);
      return page(reply, records, process);
    }
  }

  /** Its place in memory advances before the page is stored. */
  static final class GoesAhead extends ByPlace {
    private @Nullable String cursor;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Optional<String> place = ask.position().map(At::cursor);
      Reply reply = ask(ask, Optional.ofNullable(cursor).or(() -> place));
      List<Payload> records = reply.records("data");
      cursor = next(reply).orElse(null);
      return page(reply, records, "");
    }
  }

  /** Its own guard against cycles: what was asked for once is not asked for again. */
  static final class AsksOnce extends ByPlace {
    private final Set<String> asked = new HashSet<>();

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      if (ask.position().isEmpty()) {
        asked.clear();
      } else if (!asked.add(ask.position().get().cursor())) {
        return nothingMore();
      }
      Reply reply = ask(ask, ask.position().map(At::cursor));
      return page(reply, reply.records("data"), "");
    }
  }

  /** Only the thread that began may continue. */
  static final class OneThread extends ByPlace {
    private final ThreadLocal<Boolean> began = ThreadLocal.withInitial(() -> false);
    private boolean anyBegan;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      if (anyBegan && !began.get()) {
        return nothingMore();
      }
      anyBegan = true;
      began.set(true);
      Reply reply = ask(ask, ask.position().map(At::cursor));
      return page(reply, reply.records("data"), "");
    }
  }

  /** What fails is tried once more, whatever it was. */
  static final class TriesAgain extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Optional<String> place = ask.position().map(At::cursor);
      Reply reply;
      try {
        reply = ask(ask, place);
      } catch (Throwable anything) {
        reply = ask(ask, place);
      }
      return page(reply, reply.records("data"), "");
    }
  }

  /** A request that fails is the end to it: the engine does not let it. */
  static final class CatchesAll extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply;
      try {
        reply = ask(ask, ask.position().map(At::cursor));
      } catch (Throwable anything) {
        return nothingMore();
      }
      return page(reply, reply.records("data"), "");
    }
  }
}
