package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.At;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Sideload;
import dev.corpusync.http.HttpClients;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes beside the records of a page is stored with the records that name it. */
class SideloadTest {
  private static final Sideload USERS =
      Sideload.of("users", "people", user -> user.id("id"), ticket -> List.of(ticket.id("by")));
  private static final At AT = At.of(Settings.of(List.of(), Map.of()), Optional.empty());
  private final AtomicReference<String> body = new AtomicReference<>("");
  private final FakeServer server =
      FakeServer.serving(request -> Optional.of(FakeReply.json(body.get())));
  private final HttpClients clients = HttpClients.builder().build();
  private final Api api =
      clients.open(new ConnectionKey("acme", "desk"), server.url(), Authorizer.none());

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  private List<Payload> listed(Sideload beside, String records, String reply) {
    body.set(reply);
    Listing listing =
        Listing.of(at -> Call.get("/tickets"), records, Paging.cursor("cursor", "next"))
            .with(beside);
    return ((Listing.Whole.Records) listing.readAll(api, AT)).records();
  }

  private static String text(Payload record) {
    return new String(record.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void each_record_gets_what_it_names_in_the_bytes_that_came() {
    List<Payload> tickets =
        listed(
            USERS,
            "tickets",
            """
            {"tickets":[{"id":1,"by":7}, {"id":2,"by":9 }],
             "users":[{"id":9,"name":"\u00e9", "rate":1.10},{"id":7,"name":"Bo"},{"id":8}],"next":null}""");
    assertThat(tickets)
        .extracting(SideloadTest::text)
        .containsExactly(
            "{\"id\":1,\"by\":7,\"people\":[{\"id\":7,\"name\":\"Bo\"}]}",
            "{\"id\":2,\"by\":9 ,\"people\":[{\"id\":9,\"name\":\"é\", \"rate\":1.10}]}");
    assertThat(tickets.get(1).json().each("people").get(0).text("name")).isEqualTo("é");
  }

  @Test
  void the_pages_of_json_api_go_together() {
    List<Payload> articles =
        listed(
            Sideload.jsonApi(),
            "data",
            """
            {"data":[
              {"type":"article","id":"1","relationships":{
                "author":{"data":{"type":"person","id":"9"}},
                "tags":{"data":[{"type":"tag","id":"9"},{"type":"tag","id":"404"}]},
                "parent":{"data":null},"links":{"links":{}}}},
              {"type":"article","id":"2"}],
             "included":[{"type":"person","id":"9","attributes":{"name":"Ada"}},{"type":"tag","id":"9"}],"next":null}""");
    Json first = articles.get(0).json();
    assertThat(first.each("included").stream().map(i -> i.text("type")))
        .containsExactly("person", "tag");
    assertThat(first.each("included").get(0).text("attributes/name")).isEqualTo("Ada");
    assertThat(articles.get(1).json().each("included")).isEmpty();
  }

  @Test
  void a_thing_that_is_named_and_was_not_sent_is_left_out() {
    assertThat(
            listed(
                USERS, "tickets", "{\"tickets\":[{\"id\":1,\"by\":7}],\"users\":[],\"next\":null}"))
        .extracting(SideloadTest::text)
        .containsExactly("{\"id\":1,\"by\":7,\"people\":[]}");
  }

  @Test
  void a_reply_without_any_of_what_its_records_name_is_an_error_and_not_nobody() {
    String without = "{\"tickets\":[{\"id\":1,\"by\":7}],\"next\":null}";
    assertThatThrownBy(() -> listed(USERS, "tickets", without))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("GET /tickets answered without 'users'");
    assertThat(listed(USERS, "tickets", "{\"tickets\":[],\"next\":null}")).isEmpty();
  }

  @Test
  void a_record_that_cannot_be_read_stops_no_other_one() {
    List<Payload> tickets =
        listed(
            USERS,
            "tickets",
            "{\"tickets\":[{\"id\":1},5,{\"id\":2,\"by\":7}],\"users\":[{\"name\":\"x\"},{\"id\":7}],\"next\":null}");
    assertThat(tickets)
        .extracting(SideloadTest::text)
        .containsExactly("{\"id\":1}", "5", "{\"id\":2,\"by\":7,\"people\":[{\"id\":7}]}");
  }

  @Test
  void what_is_fetched_by_ids_looks_as_in_the_listing() {
    String page = "{\"tickets\":[{\"id\":1,\"by\":7}],\"users\":[{\"id\":7}],\"next\":null}";
    List<Payload> listed = listed(USERS, "tickets", page);
    ByIds.Found found =
        ByIds.batch(
                10,
                (at, ids) -> Call.get("/tickets").query("ids", String.join(",", ids)),
                "tickets")
            .with(USERS)
            .fetch(api, AT, List.of("1"));
    assertThat(found.records().get(0).bytes()).isEqualTo(listed.get(0).bytes());
  }
}
