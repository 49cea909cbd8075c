package dev.corpusync.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates between RFC 6749 and a provider's token endpoint: from the standard request to the
 * provider's, and from the provider's response to the standard one. Pure functions, called from any
 * thread.
 *
 * @since 0.1
 */
public interface TokenDialect {
  /** A token request before it is posted. */
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

  /** The dialect of RFC 6749 itself. */
  static TokenDialect standard() {
    return new TokenDialect() {};
  }

  /** The tokens are in an object of this name, where the response has one. */
  static TokenDialect nested(String name) {
    return new TokenDialect() {
      @Override
      public JsonNode answer(JsonNode body) {
        return body.path(name).isObject() ? body.path(name) : body;
      }
    };
  }

  /** Further error codes that mean that the grant was refused: a person must connect again. */
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

  /** Sends the request as a JSON object instead of a form. */
  static TokenDialect jsonRequests() {
    return new TokenDialect() {
      @Override
      public Request request(Request standard) {
        return standard.header("Content-Type", Secret.of("application/json"));
      }
    };
  }

  /** Returns a dialect that applies this one first, then another. */
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
