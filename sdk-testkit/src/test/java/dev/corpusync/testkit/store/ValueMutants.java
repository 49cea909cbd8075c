package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Realm;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mistakes in values, orders and pages. */
final class ValueMutants {
  private static final int ALL = 1_000_000;

  private ValueMutants() {}

  static void into(StoreMutants m) {
    m.items(
        "STO-11a",
        "truncates a payload at 64 KB",
        i -> StoreMutants.with(i, shortened(i.artifact())));
    m.documents(
        "STO-11b",
        "truncates a text at a million characters",
        d ->
            CommitMutants.withChunks(
                d,
                d.chunks().stream()
                    .map(
                        c ->
                            new Chunk(
                                c.key(),
                                c.text().substring(0, Math.min(1_000_000, c.text().length()))))
                    .toList()));
    ids(m, "STO-12a", "ids in any case are one", id -> id.toLowerCase(Locale.ROOT));
    ids(
        m,
        "STO-12a",
        "ids in any unicode form are one",
        id -> Normalizer.normalize(id, Normalizer.Form.NFC));
    ids(m, "STO-12a", "blanks around an id are dropped", String::strip);
    m.drafts(
        "STO-12b",
        "cannot keep U+0000",
        d -> {
          if (d.failures.stream().anyMatch(f -> f.reason().indexOf(0) >= 0)) {
            throw new StoreException("invalid byte sequence for encoding UTF8: 0x00");
          }
        });
    m.drafts(
        "STO-12d",
        "cannot index what is long",
        d -> {
          if (d.failures.stream()
              .anyMatch(f -> f.id().length() + f.scope().toString().length() > 600)) {
            throw new StoreException("index row size 2712 exceeds btree version 4 maximum 2704");
          }
        });
    m.calls(
        "STO-12e",
        "tenants in any case are one",
        "Corpus|Checkpoints|Journal|Leases|Connections.find|Connections.disconnect",
        call ->
            call.argument(0) instanceof ConnectionKey key
                ? call.with(0, new ConnectionKey(key.tenant().toLowerCase(Locale.ROOT), key.id()))
                : call.proceed());
    m.calls(
        "STO-26a",
        "forgets the realm of a connection",
        "Connections.find",
        call ->
            ((Optional<?>) call.proceed())
                .map(c -> (Connection) c)
                .map(c -> c.with(Realm.ofConnection(c.key().id()))));
    m.calls(
        "STO-12e",
        "makes a tenant storable",
        "Connections.list",
        call -> {
          String tenant = call.argument(0);
          boolean refused = tenant.isBlank() || tenant.indexOf(0) >= 0;
          return refused ? call.with(0, "acme") : call.proceed();
        });
    m.calls(
        "STO-12c",
        "asks for a container with LIKE",
        "Corpus.idsAfter",
        call -> {
          Scope scope = call.argument(1);
          boolean pattern = scope.partition().filter(p -> p.id().equals("%")).isPresent();
          return pattern ? call.with(1, Scope.of(scope.stream())) : call.proceed();
        });
    times(m, "STO-14a", "keeps milliseconds only", t -> t.truncatedTo(ChronoUnit.MILLIS), t -> t);
    times(
        m, "STO-14b", "keeps times as local ones", t -> t.plus(offset(t)), t -> t.minus(offset(t)));
    m.calls(
        "STO-15a",
        "an empty text is no text",
        "Checkpoints.checkpoint",
        call ->
            ((Optional<?>) call.proceed())
                .map(p -> (Checkpoint) p)
                .map(
                    p ->
                        Checkpoint.builder(p.scope())
                            .watermark(p.watermark())
                            .deltaToken(p.deltaToken().filter(c -> !c.json().isEmpty()))
                            .completed(p.completed())
                            .pass(p.pass())
                            .suspects(p.suspects())
                            .build()));
    m.calls(
        "STO-01a",
        "an empty list asks for everything",
        "Corpus.states",
        call ->
            call.<Collection<?>>argument(2).isEmpty()
                ? call.with(
                    2,
                    call.right()
                        .corpus()
                        .idsAfter(
                            call.argument(0), Scope.of(call.argument(1)), Optional.empty(), ALL))
                : call.proceed());
    m.calls(
        "STO-01b",
        "an unknown connection is an error",
        "Corpus.count",
        call -> {
          if (call.right().connections().find(call.argument(0)).isEmpty()) {
            throw new StoreException("no such connection");
          }
          return call.proceed();
        });
    m.lists(
        "STO-13a",
        "orders ids as Java does",
        "Corpus.idsAfter",
        (List<String> ids) -> ids.stream().sorted().toList());
    m.add("STO-13b", "pages by offset", ValueMutants::byOffset);
    m.lists(
        "STO-13c",
        "orders documents by id alone",
        "Corpus.documentsAfter",
        (List<StoredDocument> all) ->
            all.stream().sorted(Comparator.comparing((StoredDocument d) -> d.ref().id())).toList());
    m.calls(
        "STO-13d",
        "counts the whole kind for a part of it",
        "Corpus.count",
        call -> call.with(1, Scope.of(call.<Scope>argument(1).stream())));
    m.calls(
        "STO-13e",
        "runs of one moment come as they like",
        "Journal.runs",
        call -> {
          List<Run> all = AlteredStore.list(call.with(1, ALL));
          all.sort(Comparator.comparing(Run::started).reversed().thenComparing(Run::id));
          return all.subList(0, Math.min(all.size(), call.argument(1)));
        });
    m.calls(
        "STO-22a",
        "asks for a thousand at most",
        "Corpus.states",
        call -> call.with(2, call.<Collection<String>>argument(2).stream().limit(1000).toList()));
  }

  private static Artifact shortened(Artifact a) {
    byte[] bytes = a.payload().bytes();
    return Artifact.stored(
        a.ref(),
        a.parent(),
        a.revision(),
        Arrays.copyOf(bytes, Math.min(bytes.length, 65_536)),
        a.parts().encoded(),
        a.access());
  }

  private static void ids(StoreMutants m, String foundBy, String name, UnaryOperator<String> fold) {
    m.items(
        foundBy,
        name,
        (ItemWrite i) -> {
          Artifact a = i.artifact();
          String id = fold.apply(a.ref().id());
          return id.isEmpty()
              ? i
              : StoreMutants.with(
                  i,
                  Artifact.stored(
                      a.ref().kind().ref(id),
                      a.parent(),
                      a.revision(),
                      a.payload().bytes(),
                      a.parts().encoded(),
                      a.access()));
        });
  }

  private static Duration offset(Instant time) {
    return Duration.ofMillis(TimeZone.getDefault().getOffset(time.toEpochMilli()));
  }

  private static void times(
      StoreMutants m,
      String foundBy,
      String name,
      UnaryOperator<Instant> write,
      UnaryOperator<Instant> read) {
    m.add(
        foundBy,
        name,
        altered ->
            altered
                .on(
                    "Store.commit",
                    call ->
                        StoreMutants.committing(
                            call, d -> d.checkpoint = d.checkpoint.map(p -> at(p, write))))
                .on(
                    "Checkpoints.checkpoint",
                    call -> ((Optional<?>) call.proceed()).map(p -> at((Checkpoint) p, read))));
  }

  private static Checkpoint at(Checkpoint p, UnaryOperator<Instant> change) {
    return Checkpoint.builder(p.scope())
        .watermark(p.watermark().map(change))
        .deltaToken(p.deltaToken())
        .completed(p.completed())
        .pass(p.pass())
        .suspects(p.suspects())
        .build();
  }

  /** A page begins after as many as were given, whatever has come or gone since. */
  private static AlteredStore byOffset(AlteredStore altered) {
    Map<Object, Integer> given = new ConcurrentHashMap<>();
    return altered.on(
        "Corpus.idsAfter",
        call -> {
          ConnectionKey key = call.argument(0);
          Optional<String> after = call.argument(2);
          int from = after.map(id -> given.getOrDefault(List.of(key, id), -1)).orElse(0);
          if (from < 0) {
            return call.proceed();
          }
          Corpus corpus = call.right().corpus();
          List<String> all = corpus.idsAfter(key, call.argument(1), Optional.empty(), ALL);
          int to = Math.min(all.size(), from + call.<Integer>argument(3));
          List<String> page = from < to ? all.subList(from, to) : List.of();
          if (!page.isEmpty()) {
            given.put(List.of(key, page.get(page.size() - 1)), to);
          }
          return page;
        });
  }
}
