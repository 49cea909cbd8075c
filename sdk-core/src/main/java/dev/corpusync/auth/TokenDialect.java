package dev.corpusync.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a provider's token endpoint differs from RFC 6749. Both methods translate: from the standard
 * request to the provider's, and from the provider's answer to the standard one. Pure functions,
 * called from any thread.
 *
 * @since 0.1
 */
public interface TokenDialect {
  /** What is posted. */
  record Request(Map<String, Secret> headers, List<TokenEndpoint.Field> form) {
    public Request {
      headers = Map.copyOf(headers);
      form = List.copyOf(form);
    }

    public Request header(String name, Secret value) {
      Map<String, Secret> more = new HashMap<>(headers);
      more.put(name, value);
      return new Request(more, form);
    }

    public Request field(String name, Secret value) {
      List<TokenEndpoint.Field> more = new ArrayList<>(form);
      more.add(new TokenEndpoint.Field(name, value));
      return new Request(headers, more);
    }
  }

  default Request request(Request standard) {
    return standard;
  }

  /**
   * @param body a JSON object, whatever the status was
   * @return with {@code access_token}, {@code refresh_token}, {@code expires_in} or {@code
   *     expires_at}, {@code scope} and {@code error} where RFC 6749 has them
   */
  default JsonNode answer(JsonNode body) {
    return body;
  }

  /** As the RFC says. */
  static TokenDialect standard() {
    return new TokenDialect() {};
  }

  /** The tokens lie in an object of this name, where it is there. */
  static TokenDialect nested(String name) {
    return new TokenDialect() {
      @Override
      public JsonNode answer(JsonNode body) {
        return body.path(name).isObject() ? body.path(name) : body;
      }
    };
  }

  /** Further error codes that mean that the grant is good no more: a person must connect again. */
  static TokenDialect refusedBy(String... codes) {
    Set<String> refusals = Set.of(codes);
    return new TokenDialect() {
      @Override
      public JsonNode answer(JsonNode body) {
        boolean refused =
            body.path("error").isString() && refusals.contains(body.path("error").stringValue());
        return refused ? ((ObjectNode) body.deepCopy()).put("error", "invalid_grant") : body;
      }
    };
  }

  /** The request is a JSON object, not a form. */
  static TokenDialect jsonRequests() {
    return new TokenDialect() {
      @Override
      public Request request(Request standard) {
        return standard.header("Content-Type", Secret.of("application/json"));
      }
    };
  }

  /** This one first, then another. */
  default TokenDialect and(TokenDialect next) {
    TokenDialect first = this;
    return new TokenDialect() {
      @Override
      public Request request(Request standard) {
        return next.request(first.request(standard));
      }

      @Override
      public JsonNode answer(JsonNode body) {
        return next.answer(first.answer(body));
      }
    };
  }
}
