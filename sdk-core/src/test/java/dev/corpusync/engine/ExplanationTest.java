package dev.corpusync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.engine.Explanation.Given;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.KindNotFoundException;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final Kind TICKET = Kind.of("ticket");
  private static final Part WATCHERS = Part.named("watchers");
  private static final String OPEN =
      "{\"id\":7,\"private\":false,\"version\":3,\"subject\":\"Printer\",\"description\":\"It is on"
          + " fire.\\n"
          + "\\n"
          + "Help\"}";

  static final class Desk implements SingleStream {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("desk", "Desk", "https://api.desk.example")
          .auth(AuthScheme.bearer())
          .build();
    }

    @Override
    public Kind kind() {
      return TICKET;
    }

    @Override
    public Source source() {
      return Source.listing(Listing.of(at -> Call.get("/tickets"), "data", Paging.single()))
          .relisted();
    }

    @Override
    public String id(Item ticket) {
      return ticket.id("id");
    }

    @Override
    public Revision revision(Item ticket) {
      return Revision.number(ticket.number("version"));
    }

    @Override
    public Visibility visibility(Item ticket) {
      return Visibility.allow(ticket, "private", false);
    }

    @Override
    public Access access(Item ticket) {
      return Access.known(ticket.part(WATCHERS), w -> w.findText("email").map(Principal::email));
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Document transform(Item ticket, Lookups lookups) {
      return Document.titled(ticket.text("subject"))
          .body(ticket.findText("description"))
          .chunk("watchers", ticket.part(WATCHERS).size() + " watchers")
          .build();
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return CitationResolver.link("https://desk.example/tickets/{}", passage.item().id("id"));
    }
  }

  @Test
  void shows_every_answer_for_one_record() {
    Parts parts = Parts.none().with(WATCHERS, List.of(payload("{\"email\":\"Ann@example.com\"}")));

    Explanation told = explain(OPEN, new Given(Map.of(), Optional.empty(), parts));

    assertThat(told.ref()).isEqualTo(TICKET.ref("7"));
    assertThat(told.revision()).isEqualTo(Revision.number(3));
    assertThat(told.visibility().isVisible()).isTrue();
    assertThat(told.access().readers()).containsExactly(Principal.email("ann@example.com"));
    assertThat(told.document().orElseThrow().chunks())
        .extracting(Chunk::text)
        .containsExactly("It is on fire.", "Help", "1 watchers");
    assertThat(told.link()).contains(URI.create("https://desk.example/tickets/7"));
  }

  @Test
  void a_part_that_was_not_given_makes_the_access_unknown() {
    Explanation told = explain(OPEN, Given.nothing());

    assertThat(told.access().mode()).isEqualTo(Access.Mode.UNKNOWN);
    assertThat(told.document()).isPresent();
  }

  @Test
  void a_hidden_record_has_no_document_and_evidence_without_content() {
    Explanation told = explain(OPEN.replace("false", "true"), Given.nothing());

    assertThat(told.document()).isEmpty();
    assertThat(told.toString())
        .contains("private is missing or not allowed")
        .doesNotContain("Printer");
  }

  @Test
  void an_answer_that_throws_throws_here_as_it_is() {
    assertThatThrownBy(() -> explain(OPEN.replace("\"subject\"", "\"title\""), Given.nothing()))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("subject");
  }

  @Test
  void a_wrong_question_is_refused() {
    assertThatThrownBy(() -> Explanation.of(new Desk(), Kind.of("mail"), OPEN, Given.nothing()))
        .isInstanceOf(KindNotFoundException.class)
        .hasMessageContaining("mail");
    assertThatThrownBy(
            () -> explain(OPEN, new Given(Map.of("nope", "x"), Optional.empty(), Parts.none())))
        .isInstanceOf(InvalidConfigurationException.class);
  }

  private static Explanation explain(String json, Given given) {
    return Explanation.of(new Desk(), TICKET, json, given);
  }

  private static Payload payload(String json) {
    return Payload.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
