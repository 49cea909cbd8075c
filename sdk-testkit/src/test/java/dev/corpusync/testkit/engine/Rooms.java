package dev.corpusync.testkit.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Identified;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.fake.PlainStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Configured rooms with notes in them, and news of a configured topic. It says who we are. */
final class Rooms implements Connector, Identified {
  static final Setting<List<String>> ROOMS = Setting.list("rooms", "Rooms");
  static final Setting<String> TOPIC = Setting.text("topic", "Topic");
  static final Kind ROOM = Kind.of("room");
  static final Kind NOTE = Kind.of("note");
  static final Kind NEWS = Kind.of("news");

  /** What a server of three rooms and two topics answers. */
  static Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    answers.put("/me", "{\"id\":\"u1\",\"name\":\"Ada\",\"site\":\"acme\",\"scopes\":[\"read\"]}");
    for (String room : List.of("a", "b", "c")) {
      answers.put("/rooms/" + room, "{\"id\":\"" + room + "\"}");
      answers.put(
          "/rooms/" + room + "/notes",
          "{\"data\":[{\"id\":\"" + room + "1\"},{\"id\":\"" + room + "2\"}],\"next\":null}");
    }
    answers.put("/news/old", "{\"data\":[{\"id\":\"o1\"},{\"id\":\"o2\"}],\"next\":null}");
    answers.put("/news/new", "{\"data\":[{\"id\":\"n1\"}],\"next\":null}");
    return answers;
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("rooms", "Rooms", "https://rooms.example")
        .auth(AuthScheme.bearer())
        .settings(ROOMS, TOPIC)
        .build();
  }

  @Override
  public Account whoAmI(Api api) {
    var me = api.send(Call.get("/me")).json();
    return Account.of(me.text("id"), me.text("name"))
        .at(me.text("site"))
        .granted(Set.copyOf(me.each("scopes").stream().map(s -> s.tree().stringValue()).toList()))
        .calledInWebhooks(Set.of("hook-" + me.text("id")));
  }

  @Override
  public Set<String> neededScopes() {
    return Set.of("read");
  }

  @Override
  public List<Stream> streams() {
    return List.of(new AllRooms(), new Notes(), new News());
  }

  private static Paging pages() {
    return Paging.cursor("cursor", "next");
  }

  private static final class AllRooms implements ContainerStream {
    @Override
    public Kind kind() {
      return ROOM;
    }

    @Override
    public Source source() {
      return Source.each(at -> at.setting(ROOMS), (at, room) -> Call.get("/rooms/{}", room));
    }

    @Override
    public String id(Item room) {
      return room.id("id");
    }

    @Override
    public Visibility visibility(Item room) {
      return Visibility.declared("a test");
    }

    @Override
    public Access access(Item room) {
      return Access.wholeConnection("a test");
    }
  }

  private static final class Notes implements PlainStream, Nested {
    @Override
    public Kind kind() {
      return NOTE;
    }

    @Override
    public Kind parent() {
      return ROOM;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/rooms/{}/notes", at.parent().id("id")), "data", pages()))
          .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
    }
  }

  private static final class News implements PlainStream {
    @Override
    public Kind kind() {
      return NEWS;
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/news/{}", at.setting(TOPIC)), "data", pages()))
          .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
    }
  }
}
