package dev.corpusync.examples.demo.oauth;

import dev.corpusync.examples.keycloak.Introspection;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A fake API: notes in pages of ten. It introspects the token of every request at Keycloak. */
final class NotesApi implements FakeApi {
  static final int NOTES = 42;

  /** A text of every note, to prove that the search for secrets can find texts. */
  static final String WORDS = "the kettle whistles at four";

  private static final int PAGE = 10;
  private static final Instant WRITTEN = Instant.parse("2026-03-02T09:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Introspection keycloak;

  NotesApi(Introspection keycloak) {
    this.keycloak = keycloak;
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request) {
    String token = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    try {
      JsonNode known = keycloak.of(token);
      if (!known.path("active").asBoolean(false)) {
        return Optional.of(FakeReply.status(401));
      }
      if (!List.of(known.path("scope").asString("").split(" ")).contains("profile")) {
        return Optional.of(FakeReply.status(403));
      }
      return answer(request, known);
    } catch (IOException e) {
      return Optional.of(FakeReply.status(503));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(FakeReply.status(503));
    }
  }

  private static Optional<FakeReply> answer(FakeRequest request, JsonNode known) {
    return switch (request.path()) {
      case "/me" ->
          Optional.of(
              FakeReply.json(
                  JSON.createObjectNode()
                      .put("id", known.path("sub").asString())
                      .put("name", known.path("username").asString())
                      .toString()));
      case "/notes" -> Optional.of(page(request));
      default -> Optional.empty();
    };
  }

  private static FakeReply page(FakeRequest request) {
    Instant since = request.query("updated_after").map(Instant::parse).orElse(Instant.MIN);
    int first = request.query("cursor").map(Integer::parseInt).orElse(0);
    int all = WRITTEN.isBefore(since) ? 0 : NOTES;
    ObjectNode page = JSON.createObjectNode();
    ArrayNode notes = page.putArray("data");
    IntStream.range(first, Math.min(first + PAGE, all)).forEach(n -> note(notes.addObject(), n));
    if (first + PAGE < all) {
      page.put("next_cursor", Integer.toString(first + PAGE));
    } else {
      page.putNull("next_cursor");
    }
    return FakeReply.json(page.toString());
  }

  private static void note(ObjectNode note, int number) {
    note.put("id", number)
        .put("title", "Note " + number)
        .put("text", "Remember: " + WORDS)
        .put("private", false)
        .put("updated_at", WRITTEN.toString());
  }
}
