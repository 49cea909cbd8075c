package dev.corpusync.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.world.Directory;
import dev.corpusync.testkit.world.Group;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Groups within groups over a socket: a client that follows them finds who the world says. */
class GroupsRouteTest {
  private static final Function<Person, ObjectNode> PERSON =
      p -> JsonTree.object("type", "user", "id", p.login());
  private static final Function<Group, ObjectNode> GROUP =
      g -> JsonTree.object("type", "group", "id", Integer.toString(g.number()), "name", g.name());
  private static final Records FILES =
      Records.of("file", f -> JsonTree.object("id", f.id(), "name", f.title()))
          .neverHidden()
          .restricted();
  private static final Pages PAGES = Pages.cursor("cursor", "next").in("data");
  private final Wire wire =
      Wire.apiKey("x-key")
          .list("/files", FILES, PAGES)
          .readers(FILES, file -> "/files/" + file.id() + "/readers", PERSON, GROUP, PAGES)
          .groups("/groups", GROUP, PAGES)
          .members(group -> "/groups/" + group.number() + "/members", PERSON, GROUP, PAGES);
  private final World world = new World(7, wire.types(), 10);
  private final Directory crowd = world.crowd();
  // One to a page: a client that reads the first page only finds hardly anyone.
  private final FakeServer server = FakeServer.serving(wire.serve(world, new Quirks(1), "k"));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  private List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> records = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      URI address = URI.create(server.url() + path + cursor.map(c -> "?cursor=" + c).orElse(""));
      HttpRequest request = HttpRequest.newBuilder(address).header("x-key", "k").build();
      JsonNode page =
          JsonMapper.shared()
              .readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
      page.path("data").forEach(records::add);
      cursor = page.path("next").stringValueOpt();
    } while (cursor.isPresent());
    return records;
  }

  /** Logins, through all groups, each asked for once. */
  private Set<String> followed(List<JsonNode> members, Set<String> met)
      throws IOException, InterruptedException {
    Set<String> logins = new TreeSet<>();
    for (JsonNode member : members) {
      String id = member.path("id").stringValue();
      if (member.path("type").stringValue().equals("user")) {
        logins.add(id);
      } else if (met.add(id)) {
        logins.addAll(followed(all("/groups/" + id + "/members"), met));
      }
    }
    return logins;
  }

  private Set<String> readersOf(Thing file) throws IOException, InterruptedException {
    return followed(all("/files/" + file.id() + "/readers"), new TreeSet<>());
  }

  private static Set<String> audienceOf(Thing file) {
    Set<String> logins = new TreeSet<>();
    file.audience().orElseThrow().forEach(p -> logins.add(p.login()));
    return logins;
  }

  @Test
  void every_group_is_listed_with_its_direct_members() throws Exception {
    assertThat(all("/groups"))
        .extracting(g -> g.path("name").stringValue())
        .containsExactly("Staff", "Backend", "Guests");
    Group staff = crowd.groups().get(0);
    assertThat(all("/groups/" + staff.number() + "/members"))
        .extracting(m -> m.path("type").stringValue() + " " + m.path("id").stringValue())
        .containsExactly("user ada", "user bo", "group " + crowd.groups().get(1).number());
    assertThat(all("/groups/" + crowd.groups().get(2).number() + "/members")).isEmpty();
  }

  @Test
  void a_client_that_follows_groups_finds_who_may_read() throws Exception {
    Thing file = world.visible("file").get(3);
    world.restrict(file);
    world.share(file, List.of(world.people().get(5)), false);
    crowd.share(file, List.of(crowd.groups().get(0)));

    assertThat(readersOf(file))
        .containsExactly("ada", "bo", "cleo", "dan", "fay")
        .isEqualTo(audienceOf(file));
  }

  @Test
  void who_joins_or_leaves_changes_who_may_read_and_no_time_of_change() throws Exception {
    Thing file = world.visible("file").get(3);
    world.restrict(file);
    world.share(file, List.of(), false);
    Group staff = crowd.groups().get(0);
    Group backend = crowd.groups().get(1);
    crowd.share(file, List.of(staff));
    long changes = world.changes();

    crowd.leave(world.people().get(2), backend);
    crowd.join(world.people().get(4), backend);
    assertThat(readersOf(file))
        .containsExactly("ada", "bo", "dan", "eve")
        .isEqualTo(audienceOf(file));

    crowd.part(backend, staff);
    assertThat(readersOf(file)).containsExactly("ada", "bo").isEqualTo(audienceOf(file));
    assertThat(world.changes()).isEqualTo(changes);
  }

  @Test
  void a_circle_of_groups_has_an_end() throws Exception {
    Group staff = crowd.groups().get(0);
    Group backend = crowd.groups().get(1);
    crowd.nest(staff, backend);
    Thing file = world.visible("file").get(3);
    world.restrict(file);
    world.share(file, List.of(), false);
    crowd.share(file, List.of(backend));

    assertThat(readersOf(file))
        .containsExactly("ada", "bo", "cleo", "dan")
        .isEqualTo(audienceOf(file));
    assertThat(crowd.everyoneIn(backend)).isEqualTo(crowd.everyoneIn(staff));
  }

  @Test
  void whom_the_source_forgets_reads_through_no_group() throws Exception {
    Thing file = world.visible("file").get(3);
    world.restrict(file);
    world.share(file, List.of(), false);
    crowd.share(file, List.of(crowd.groups().get(1)));

    crowd.forget(world.people().get(2));

    assertThat(readersOf(file)).containsExactly("dan").isEqualTo(audienceOf(file));
  }
}
