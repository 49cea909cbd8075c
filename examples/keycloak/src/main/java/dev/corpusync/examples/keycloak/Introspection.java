package dev.corpusync.examples.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Token introspection at Keycloak (RFC 7662): whether an access token is valid, and whose it is.
 * Each call asks Keycloak, so that a revoked consent has effect at once.
 */
public final class Introspection {
  /** The client id of the API in the realm. */
  public static final String CLIENT = "notes-api";

  public static final String SECRET = "secret-of-the-notes-api-1f7c";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;

  public Introspection(KeycloakServer server) {
    endpoint = server.endpoint("token/introspect");
  }

  /**
   * @return with {@code active}, and where that is true {@code sub}, {@code username}, {@code
   *     scope}, {@code client_id}
   */
  public JsonNode of(String accessToken) throws IOException, InterruptedException {
    String pair =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(endpoint)
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Browser.encoded(Map.of("token", accessToken))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "Keycloak answered " + answer.statusCode() + " to a token introspection");
    }
    return JSON.readTree(answer.body());
  }
}
