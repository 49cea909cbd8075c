package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Raw.BOX;
import static dev.corpusync.testkit.engine.Raw.KEY;
import static dev.corpusync.testkit.engine.Raw.THING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.transform.Lookups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sharp drop is weighed with everything that falls with it, over all scopes of a run (P7). */
class CascadeDropTest {
  private static final Kind SHELF = Kind.of("shelf");
  private final Raw raw = new Raw();

  @AfterEach
  void close() {
    raw.close();
  }

  private static Paging pages() {
    return Paging.cursor("cursor", "next");
  }

  private static Stream boxes() {
    return new Raw.Boxes(
        BOX, Source.listing(Listing.of(at -> Call.get("/boxes"), "data", pages())).relisted());
  }

  private static Stream within() {
    return new Raw.Within(
        THING,
        BOX,
        Source.listing(
                Listing.of(
                    at -> Call.get("/boxes/{}/things", at.parent().id("id")), "data", pages()))
            .relisted());
  }

  /** Boxes of a number of things each, with ids that name their box. */
  private void boxes(int boxes, int things) {
    raw.page("/boxes", Raw.ids("b", boxes));
    Raw.ids("b", boxes)
        .forEach(box -> raw.page("/boxes/" + box + "/things", Raw.ids(box + "-", things)));
  }

  @Test
  void an_empty_listing_of_a_few_large_containers_is_held() {
    boxes(5, 200);
    try (Corpusync engine = raw.engine(boxes(), within())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(raw.stored(THING)).isEqualTo(1_000);
      raw.page("/boxes", List.of());
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.message()).contains("5 of 5 box", "1000 documents", "held");
      assertThat(engine.heldDeletions(KEY))
          .extracting(HeldDeletion::documents)
          .containsExactly(1_000);
      raw.page("/boxes", Raw.ids("b", 5));
      assertThat(engine.sync(KEY).state()).as("it has passed").isEqualTo(State.SUCCEEDED);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(raw.stored(THING)).isEqualTo(1_000);
    }
  }

  @Test
  void many_small_listings_that_are_all_empty_are_held_together() {
    boxes(20, 20);
    try (Corpusync engine = raw.engine(boxes(), within())) {
      engine.sync(KEY);
      Raw.ids("b", 20).forEach(box -> raw.page("/boxes/" + box + "/things", List.of()));
      Run run = engine.sync(KEY);
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(engine.heldDeletions(KEY)).hasSize(20);
      boxes(20, 20);
      engine.sync(KEY);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(raw.stored(THING)).isEqualTo(400);
    }
  }

  @Test
  void a_small_drop_in_some_containers_and_a_small_corpus_are_deleted() {
    boxes(20, 20);
    try (Corpusync engine = raw.engine(boxes(), within())) {
      engine.sync(KEY);
      for (String box : List.of("b1", "b2", "b3")) {
        raw.page("/boxes/" + box + "/things", List.of());
      }
      assertThat(engine.sync(KEY).counts().deleted()).as("60 of 400").isEqualTo(60);
      raw.page("/boxes", List.of("b1", "b2", "b3"));
      raw.json("/boxes/b1/things", Raw.page(Raw.ids("n", 10)));
      engine.sync(KEY);
      engine.heldDeletions(KEY).forEach(plan -> engine.approve(KEY, plan.plan()));
      assertThat(raw.stored(THING)).isEqualTo(10);
      raw.page("/boxes", List.of());
      assertThat(engine.sync(KEY).counts().deleted()).as("few documents").isEqualTo(13);
    }
  }

  @Test
  void a_stream_that_never_completed_is_guarded_too() {
    List<String> records = new ArrayList<>();
    Raw.ids("t", 99).forEach(id -> records.add("{\"id\":\"" + id + "\",\"title\":\"x\"}"));
    records.add("{\"id\":\"odd\",\"title\":\"\"}");
    raw.json("/things", "{\"next\":null,\"data\":[" + String.join(",", records) + "]}");
    Stream titled = new Titled();
    try (Corpusync engine = raw.engine(titled)) {
      assertThat(engine.sync(KEY).counts().failed()).isEqualTo(1);
      raw.page("/things", List.of());
      Run run = engine.sync(KEY);
      assertThat(run.counts().deleted()).isZero();
      assertThat(engine.heldDeletions(KEY)).hasSize(1);
    }
  }

  private static final class Titled implements PlainStream {
    @Override
    public Kind kind() {
      return THING;
    }

    @Override
    public Source source() {
      return Source.listing(Listing.of(at -> Call.get("/things"), "data", pages())).relisted();
    }

    @Override
    public Document transform(Item item, Lookups lookups) {
      return Document.titled(item.text("title")).build();
    }
  }

  /** 400 of 1,000 were read, then the position is refused and the listing is empty. */
  @Test
  void a_first_pass_that_was_broken_off_is_guarded_too() {
    raw.route(
        "/things",
        request ->
            request.query("cursor").isEmpty()
                ? FakeReply.json(
                    Raw.page(Raw.ids("t", 400)).replace("\"next\":null", "\"next\":\"2\""))
                : FakeReply.status(500));
    Stream things =
        Raw.Things.from(
            Source.listing(Listing.of(at -> Call.get("/things"), "data", pages())).relisted());
    try (Corpusync engine = raw.engine(things)) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.FAILED);
      assertThat(raw.stored(THING)).isEqualTo(400);
      raw.route(
          "/things",
          request ->
              request.query("cursor").isEmpty()
                  ? FakeReply.json(Raw.page(List.of()))
                  : FakeReply.status(400));
      Run run = engine.sync(KEY);
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(raw.stored(THING)).isEqualTo(400);
    }
  }

  /** Two shelves hold two boxes each, of 50 things: a listing of one shelf is empty. */
  @Test
  void containers_within_containers_are_weighed_with_what_lies_in_them() {
    raw.page("/shelves", List.of("s1", "s2"));
    for (String shelf : List.of("s1", "s2")) {
      raw.page("/shelves/" + shelf + "/boxes", List.of(shelf + "a", shelf + "b"));
      for (String box : List.of(shelf + "a", shelf + "b")) {
        raw.page("/boxes/" + box + "/things", Raw.ids(box + "-", 50));
      }
    }
    Stream shelves =
        new Raw.Boxes(
            SHELF,
            Source.listing(Listing.of(at -> Call.get("/shelves"), "data", pages())).relisted());
    Stream boxes =
        new Raw.BoxesWithin(
            BOX,
            SHELF,
            Source.listing(
                    Listing.of(
                        at -> Call.get("/shelves/{}/boxes", at.parent().id("id")), "data", pages()))
                .relisted());
    try (Corpusync engine = raw.engine(shelves, boxes, within())) {
      engine.sync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(200);
      raw.page("/shelves/s1/boxes", List.of());
      Run run = engine.sync(KEY);
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.message()).contains("2 of 2 box of shelf", "100 documents");
      raw.page("/shelves", List.of());
      assertThat(engine.sync(KEY).counts().deleted()).isZero();
      assertThat(engine.heldDeletions(KEY))
          .extracting(HeldDeletion::documents)
          .containsExactlyInAnyOrder(100, 200);
    }
  }

  /** It is missing from the first box before the second one, which has it now, was read. */
  @Test
  void what_moved_to_a_container_that_is_read_later_is_not_deleted_meanwhile() {
    boxes(2, 3);
    try (Corpusync engine = raw.engine(boxes(), within())) {
      engine.sync(KEY);
      raw.page("/boxes/b1/things", List.of());
      raw.page("/boxes/b2/things", List.of("b1-1", "b1-2", "b1-3", "b2-1", "b2-2", "b2-3"));
      Run run = engine.sync(KEY);
      assertThat(run.counts()).extracting("deleted", "stored").containsExactly(0L, 3L);
      raw.page("/boxes", List.of("b1"));
      raw.page("/boxes/b1/things", List.of("b2-1", "b2-2"));
      Run gone = engine.sync(KEY);
      assertThat(gone.counts().deleted()).as("the box and the other four").isEqualTo(5);
      assertThat(raw.store.corpus().states(KEY, THING, List.of("b2-1", "b2-2"))).hasSize(2);
    }
  }

  private static final Setting<String> TOPIC = Setting.text("topic", "Topic");

  private static Connector news() {
    return new Connector() {
      @Override
      public Descriptor descriptor() {
        return Descriptor.of("news", "News", "https://news.example")
            .auth(AuthScheme.bearer())
            .settings(TOPIC)
            .build();
      }

      @Override
      public List<Stream> streams() {
        return List.of(
            Raw.Things.from(
                Source.listing(
                        Listing.of(at -> Call.get("/news/{}", at.setting(TOPIC)), "data", pages()))
                    .relisted()));
      }
    };
  }

  private Map<String, String> topic(String topic) {
    return Map.of("topic", topic, "base_url", raw.server.url().toString());
  }

  @Test
  void what_a_changed_setting_removes_is_held_with_that_reason_unless_it_was_confirmed() {
    raw.page("/news/old", Raw.ids("old", 50)).page("/news/new", Raw.ids("new", 5));
    try (Corpusync engine = raw.engine(news(), Map.of("topic", "old"), builder -> builder)) {
      engine.sync(KEY);
      engine.reconfigure(KEY, topic("new"));
      Run run = engine.sync(KEY);
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.message()).contains("50 of 55", "no longer selected", "setting");
      assertThat(engine.heldDeletions(KEY))
          .extracting(HeldDeletion::reason)
          .containsExactly(HeldDeletion.Reason.SETTINGS);
      engine.sync(KEY);
      assertThat(engine.heldDeletions(KEY))
          .as("the reason stays")
          .extracting(HeldDeletion::reason)
          .containsExactly(HeldDeletion.Reason.SETTINGS);
      engine.reconfigure(KEY, topic("new"), Connection.Removals.CONFIRMED);
      assertThat(engine.sync(KEY).counts().deleted()).isEqualTo(50);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      engine.reconfigure(KEY, topic("old"), Connection.Removals.CONFIRMED);
      engine.sync(KEY);
      assertThat(raw.stored(THING)).isEqualTo(50);
      raw.page("/news/old", List.of());
      assertThat(engine.sync(KEY).counts().deleted()).as("it covers settings only").isZero();
    }
  }
}
