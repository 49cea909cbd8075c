package dev.corpusync.examples.tracker;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.GraphQlErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Boards of work items with their updates, from a GraphQL API as in monday.com's public
 * documentation: every response has status 200, and its body has the errors.
 */
public final class Tracker implements Connector {
  static final Kind BOARD = Kind.of("board");
  static final Kind ITEM = Kind.of("item");

  /** Errors have a code and mostly a status; rate limits have the seconds to wait. */
  private static final GraphQlErrors ERRORS =
      GraphQlErrors.plain()
          .statusIn("extensions/status_code")
          .waitIn("extensions/retry_in_seconds")
          .code("COMPLEXITY_BUDGET_EXHAUSTED", 429)
          .code("ComplexityException", 429)
          .code("DAILY_LIMIT_EXCEEDED", 429)
          .code("FIELD_LIMIT_EXCEEDED", 429)
          .code("CursorExpiredError", 410);

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("tracker", "Work tracker", "https://api.tracker.example")
        .auth(AuthScheme.apiKey("Authorization"))
        .categories("tickets")
        .scheduled(Duration.ofMinutes(30))
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Boards(), new Items());
  }

  static Call query(String query, Map<String, ?> variables) {
    return Call.graphql("/v2", query, variables)
        .header("API-Version", "2025-07")
        .errors(ERRORS)
        .expiredOn(410);
  }
}
