package dev.corpusync.testkit.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.*;
import dev.corpusync.auth.*;
import dev.corpusync.cite.*;
import dev.corpusync.connection.*;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.*;
import dev.corpusync.engine.*;
import dev.corpusync.extract.*;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.*;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Test;

class SmokeTest {
  static final class Tickets implements SingleStream {
    public Descriptor descriptor() {
      return Descriptor.of("helpdesk", "Helpdesk", "https://api.helpdesk.example")
          .auth(AuthScheme.bearer())
          .build();
    }

    public Kind kind() {
      return Kind.of("ticket");
    }

    public Source source() {
      return Source.listing(
              Listing.of(
                  at -> Call.get("/tickets").query("limit", 100),
                  "data",
                  Paging.cursor("cursor", "next_cursor")))
          .changedSince(Duration.ofMinutes(2), (call, time) -> call.query("updated_after", time));
    }

    public String id(Item ticket) {
      return ticket.id("id");
    }

    public Visibility visibility(Item ticket) {
      return Visibility.allow(ticket, "private", false);
    }

    public Access access(Item ticket) {
      return Access.wholeConnection("none");
    }

    public int version() {
      return 1;
    }

    public Document transform(Item ticket, Lookups lookups) {
      return Document.titled(ticket.text("subject")).body(ticket.findText("description")).build();
    }

    public Optional<URI> cite(Citation passage) {
      return CitationResolver.link(
          "https://app.helpdesk.example/tickets/{}", passage.item().id("id"));
    }
  }

  @Test
  void a_record_walks_from_the_api_to_the_feed() {
    FakeApi api =
        request ->
            Optional.of(
                request.query("cursor").isEmpty()
                    ? FakeReply.json(
                        "{\"data\":[{\"id\":1,\"private\":false,\"subject\":\"One\",\"description\":\"a\\n\\nb\"},{\"id\":2,\"private\":true,\"subject\":\"X\"}],\"next_cursor\":\"p2\"}")
                    : FakeReply.json(
                        "{\"data\":[{\"id\":3,\"private\":false,\"subject\":\"Three\",\"description\":\"c\"}],\"next_cursor\":null}"));
    try (FakeServer server = FakeServer.serving(api);
        Store store = Store.inMemory();
        Corpusync sync =
            Corpusync.builder(store).connector(new Tickets()).time(new VirtualTime()).build()) {
      ConnectionKey key = new ConnectionKey("acme", "main");
      sync.connect(
          key, "helpdesk", Map.of("base_url", server.url().toString()), () -> Secret.of("t0ken"));
      Run run = sync.sync(key);
      System.out.println(run);
      List<Change> changes = new ArrayList<>();
      sync.changes("acme", "index").deliver(changes::add);
      System.out.println(changes);
      assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(changes).hasSize(2);
      System.out.println(sync.sync(key));
      System.out.println(sync.resync(key));
      System.out.println(server.exchanges());
      System.out.println(sync.link(key, Kind.of("ticket").ref("1"), Optional.empty()));
    }
  }
}
