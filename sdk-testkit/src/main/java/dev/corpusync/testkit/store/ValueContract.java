package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Realm;
import dev.corpusync.document.Ref;
import dev.corpusync.error.InvalidIdentifierException;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Derived;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import dev.corpusync.sync.UnreadPart;
import dev.corpusync.testkit.check.Check;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.NullUnmarked;

/** Every value that can come in comes out as it was. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class ValueContract extends ReadersContract {

  @Check(id = "STO-11a", rule = "Large values are kept whole.")
  public final void large_values_come_back_whole() {
    String id = "i".repeat(Identifier.LONGEST_ID - 3) + "-" + "é";
    byte[] payload = new byte[10_000_000];
    Arrays.fill(payload, (byte) 'x');
    payload[0] = '"';
    payload[payload.length - 1] = '"';
    Artifact large =
        Artifact.of(
            ISSUE.ref(id),
            Optional.empty(),
            Revision.content(),
            Payload.of(payload.clone()),
            Parts.none(),
            Visibility.declared("a test"),
            by(ANN));
    StoredCursor cursor = new StoredCursor("o", "f", "\"" + "c".repeat(1_000_000) + "\"");
    commit(
        step()
            .item(ItemWrite.of(large).withDerived(issue("1").derived()))
            .checkpoint(
                Checkpoint.builder(Scope.of(ISSUE)).deltaToken(cursor).completed(true).build()));
    assertThat(artifact(ISSUE.ref(id)).payload().bytes()).isEqualTo(payload);
    assertThat(store.checkpoints().checkpoint(KEY, Scope.of(ISSUE)).flatMap(Checkpoint::deltaToken))
        .contains(cursor);
    assertThat(ids()).containsExactly(id);
  }

  @Check(id = "STO-12a", rule = "Ids are compared to the letter.")
  public final void ids_differ_by_case_and_by_unicode_form() {
    String composed = Normalizer.normalize("é", Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize("é", Normalizer.Form.NFD);
    List<String> all = List.of("A", "a", composed, decomposed, " a", "a ", "ß", "ss", "ı", "i");
    Commit.Builder step = step();
    all.forEach(id -> step.item(issue(id)));
    commit(step);
    assertThat(ids()).hasSize(all.size()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(store.corpus().states(KEY, ISSUE, List.of(composed))).containsOnlyKeys(composed);
    assertThat(document(ISSUE.ref(decomposed)).title()).endsWith(decomposed);
  }

  @Check(id = "STO-12b", rule = "Content that no database can hold is replaced, everywhere alike.")
  public final void nul_and_half_surrogates_in_content_are_replaced() {
    String odd = "x\u0000y\uD83Dz";
    String kept = "x\uFFFDy\uFFFDz";
    Derived derived = new Derived(document(odd, "c1", odd), 1, Set.of(), Set.of(odd));
    FailedItem failed = FailedItem.identified(SCOPE, "2", odd, T0);
    commit(
        step()
            .item(
                ItemWrite.of(artifact(ONE, Optional.empty(), "v", by(ANN)))
                    .withDerived(Optional.of(derived)))
            .failed(failed)
            .checkpoint(Checkpoint.builder(SCOPE).suspects(odd).build()));
    StoredDocument document = document(ONE);
    assertThat(document.title()).isEqualTo(kept);
    assertThat(document.chunks()).containsExactly(new Chunk("c1", kept));
    assertThat(document.missing()).containsExactly(kept);
    assertThat(nth(store.journal().failures(KEY, SCOPE, 10), 0).reason()).isEqualTo(kept);
    assertThat(store.checkpoints().checkpoint(KEY, SCOPE).map(Checkpoint::suspects)).contains(kept);
  }

  @Check(id = "STO-12d", rule = "The longest identifiers fit wherever they are stored, together.")
  public final void the_longest_identifiers_are_stored_wherever_they_can_be() {
    // Letters of one to four bytes, in an order that no compression shortens.
    String tenant = letters(Identifier.LONGEST_NAME, 1);
    ConnectionKey key = new ConnectionKey(tenant, letters(Identifier.LONGEST_NAME, 2));
    Kind kind = Kind.of("k".repeat(64));
    Kind containers = Kind.of("c".repeat(64));
    Ref container = containers.ref(letters(Identifier.LONGEST_ID, 3));
    Ref ref = kind.ref(letters(Identifier.LONGEST_ID, 4));
    Ref target = Kind.of("t".repeat(64)).ref(letters(Identifier.LONGEST_ID, 5));
    Scope scope = Scope.of(kind, container);
    Chunk chunk = new Chunk(letters(Identifier.LONGEST_ID, 6), "text");
    Principal reader =
        Principal.group(letters(Identifier.LONGEST_ID, 7)).in(Realm.ofConnection(key.id()));
    fence = connect(key);
    Document document = Document.titled("T").chunk(chunk.key(), chunk.text()).build();
    commit(
        Commit.under(fence, RUN)
            .item(ItemWrite.of(artifact(container, Optional.empty(), "v", by(reader))))
            .item(
                ItemWrite.of(artifact(ref, Optional.of(container), "v", Access.inherited()))
                    .withDerived(Optional.of(new Derived(document, 1, Set.of(target), Set.of())))
                    .withEvent(event(Aspect.CREATED, chunk.key())))
            .checkpoint(Checkpoint.none(scope))
            .scopeDependency(
                new ScopeDependency(scope, Answer.VISIBILITY, Dependency.record(target)))
            .scopeDependency(
                new ScopeDependency(
                    scope, Answer.VISIBILITY, Dependency.part(target, "p".repeat(64))))
            .unread(UnreadPart.builder(scope, ref, "p".repeat(64)).build())
            .seen(Commit.Seen.of(scope, 0, new long[] {1}))
            .failed(failure(scope, letters(Identifier.LONGEST_ID, 8), 1, T0)));
    String subscriber = letters(Identifier.LONGEST_NAME, 9);
    assertThat(store.outbox().positions(tenant, subscriber)).hasSize(1);
    store = reopen(store);
    StoredDocument stored = store.corpus().documents(key, List.of(ref)).get(ref);
    assertThat(stored.chunks()).containsExactly(chunk);
    assertThat(stored.readers()).containsExactly(reader);
    assertThat(stored.parent()).contains(container);
    assertThat(store.corpus().idsAfter(key, scope, Optional.empty(), 9)).containsExactly(ref.id());
    assertThat(store.journal().failures(key, scope, 9))
        .containsExactly(failure(scope, letters(Identifier.LONGEST_ID, 8), 1, T0));
    commit(Commit.under(fence, RUN).changed(Dependency.record(target)));
    assertThat(store.corpus().states(key, kind, List.of(ref.id())).get(ref.id()).stale()).isTrue();
    assertThat(commit(Commit.under(fence, RUN).delete(container)).counts().deleted()).isEqualTo(2);
    assertThat(store.outbox().events(key, 0, 9)).hasSize(2);
  }

  private static String letters(int bytes, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    int left = bytes;
    while (left > 0) {
      int letter = left < 4 ? 'a' + random.nextInt(26) : random.nextInt(0x20, 0x11_0000);
      if (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE) {
        text.appendCodePoint(letter);
        left -= Character.toString(letter).getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return text.toString();
  }

  @Check(id = "STO-12e", rule = "Tenants and connections are compared to the letter, or refused.")
  public final void tenants_that_look_alike_are_two() {
    commit(step().item(issue("1")));
    List<String> alike = List.of("ACME", "acme ", " acme", "\uFFFDcme", "acm\u0435", "a\u0301cme");
    for (String tenant : alike) {
      ConnectionKey key = new ConnectionKey(tenant, KEY.id());
      assertThat(store.connections().find(key)).as(tenant).isEmpty();
      assertThat(ids(key)).as(tenant).isEmpty();
      assertThat(store.connections().create(connection(key, "g1"))).as(tenant).isTrue();
    }
    store.connections().disconnect(new ConnectionKey("ACME", KEY.id()));
    assertThat(ids()).containsExactly("1");
    assertThat(store.connections().list("acme")).extracting(Connection::key).containsExactly(KEY);
    for (String refused :
        List.of("\u0000cme", "\uD800cme", " ", "a".repeat(Identifier.LONGEST_NAME + 1))) {
      assertThatThrownBy(() -> new ConnectionKey(refused, "main"))
          .isInstanceOf(InvalidIdentifierException.class);
      assertThatThrownBy(() -> store.connections().list(refused))
          .as("a list that may be of another tenant")
          .isInstanceOf(InvalidIdentifierException.class);
      assertThatThrownBy(() -> store.outbox().positions(refused, "index"))
          .isInstanceOf(InvalidIdentifierException.class);
      assertThatThrownBy(() -> store.outbox().positions("acme", refused))
          .isInstanceOf(InvalidIdentifierException.class);
    }
  }

  @Check(id = "STO-12c", rule = "Text is never a pattern or a statement.")
  public final void text_that_looks_like_a_pattern_or_a_statement_is_only_text() {
    List<String> all =
        List.of(
            "%",
            "_", "'", "\"", "';--", "\\", ":id", "?", "#ids", "{artifact}", "a:b:c", "[]", "$1");
    Commit.Builder step = step();
    all.forEach(id -> step.item(item(ISSUE.ref(id), Optional.of(PROJECT.ref(id)), by(ANN), id)));
    commit(step);
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(all);
    for (String id : all) {
      assertThat(
              store.corpus().idsAfter(KEY, Scope.of(ISSUE, PROJECT.ref(id)), Optional.empty(), 10))
          .containsExactly(id);
      assertThat(document(ISSUE.ref(id)).chunks()).containsExactly(new Chunk("c1", id));
    }
  }

  @Check(id = "STO-14a", rule = "Times keep their microseconds.")
  public final void times_keep_their_microseconds_from_1900_to_2500() {
    for (String text :
        List.of(
            "1900-01-01T00:00:00.000001Z",
            "1969-12-31T23:59:59.999999Z",
            "2500-12-31T23:59:59.999999Z")) {
      Instant time = Instant.parse(text);
      Scope scope = Scope.of(ISSUE);
      commit(
          step()
              .checkpoint(
                  Checkpoint.builder(scope)
                      .watermark(time.plusNanos(999))
                      .completed(true)
                      .build()));
      assertThat(store.checkpoints().checkpoint(KEY, scope).flatMap(Checkpoint::watermark))
          .contains(time);
    }
  }

  @Check(id = "STO-11b", rule = "A long text is kept whole.")
  public final void a_long_text_comes_back_whole() {
    String text = "é".repeat(2_000_000) + "end";
    commit(step().item(item(ONE, Optional.empty(), by(ANN), text)));
    assertThat(document(ONE).chunks()).containsExactly(new Chunk("c1", text));
  }

  @Check(id = "STO-14b", rule = "Times do not depend on the time zone of the process.")
  public final void times_do_not_depend_on_the_time_zone_of_the_process() {
    TimeZone usual = TimeZone.getDefault();
    // in the hour that New York skips, and in both of the hours that it calls by one name
    List<Instant> times =
        List.of(
            Instant.parse("2026-03-08T07:30:00Z"),
            Instant.parse("2026-11-01T05:30:00Z"),
            Instant.parse("2026-11-01T06:30:00Z"));
    try {
      for (Instant time : times) {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        commit(
            step()
                .record(run(RUN, time).withEnd(Run.State.FAILED, time, ""))
                .failed(failure(SCOPE, time.toString(), 1, time))
                .checkpoint(watermark(time)));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
        store = reopen(store);
        assertThat(store.checkpoints().checkpoint(KEY, SCOPE)).contains(watermark(time));
        assertThat(store.journal().failures(KEY, 10))
            .contains(failure(SCOPE, time.toString(), 1, time));
        assertThat(nth(store.journal().runs(KEY, 1), 0).ended()).contains(time);
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  private static Checkpoint watermark(Instant time) {
    return Checkpoint.builder(SCOPE).watermark(time).completed(true).build();
  }

  @Check(id = "STO-15a", rule = "Empty, absent and unknown are three things.")
  public final void empty_is_neither_absent_nor_unknown() {
    StoredCursor nothing = new StoredCursor("", "", "");
    Pass pass = Pass.builder(Pass.Mode.FULL).next(nothing).build();
    Checkpoint checkpoint = Checkpoint.builder(SCOPE).deltaToken(nothing).pass(pass).build();
    Document bare = Document.titled("T").field(Field.keyword("empty"), "").build();
    commit(
        step()
            .record(run(RUN, T0).withEnd(Run.State.FAILED, T0, ""))
            .checkpoint(checkpoint)
            .failed(FailedItem.identified(SCOPE, "1", "", T0))
            .entityTag(new EntityTag("call", "", ONE))
            .held(HeldDeletion.builder("plan", SCOPE).since(T0).build())
            .item(
                ItemWrite.of(artifact(ONE, Optional.empty(), "", by()))
                    .withDerived(Optional.of(new Derived(bare, 1, Set.of(), Set.of()))))
            .item(item(ISSUE.ref("2"), Optional.empty(), Access.unknown("no answer"), "x")));
    store = reopen(store);
    assertThat(store.checkpoints().checkpoint(KEY, SCOPE)).contains(checkpoint);
    assertThat(store.checkpoints().checkpoint(KEY, Scope.of(ISSUE))).isEmpty();
    assertThat(store.checkpoints().entityTags(KEY, List.of("call")).get("call").etag()).isEmpty();
    assertThat(nth(store.journal().failures(KEY, 1), 0).reason()).isEmpty();
    assertThat(nth(store.journal().runs(KEY, 1), 0).message()).isEmpty();
    assertThat(store.journal().held(KEY, "plan").map(HeldDeletion::missing)).contains(0);
    assertThat(artifact(ONE).access()).isEqualTo(by());
    assertThat(artifact(ONE).parent()).isEmpty();
    assertThat(document(ONE).fields()).isEqualTo(bare.fields());
    assertThat(document(ONE).chunks()).isEmpty();
    assertThat(artifact(ISSUE.ref("2")).access().mode()).isEqualTo(Access.Mode.UNKNOWN);
    commit(step().checkpoint(Checkpoint.none(SCOPE)));
    assertThat(store.checkpoints().checkpoint(KEY, SCOPE)).contains(Checkpoint.none(SCOPE));
  }
}
