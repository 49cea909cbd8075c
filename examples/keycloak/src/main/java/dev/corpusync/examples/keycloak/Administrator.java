package dev.corpusync.examples.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator of the realm: revokes consents. */
public final class Administrator {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final HttpClient client = HttpClient.newHttpClient();
  private final KeycloakServer server;

  public Administrator(KeycloakServer server) {
    this.server = server;
  }

  /** Revokes a person's consent to an application, with all tokens that were issued for it. */
  public void takeBackConsent(String person, String application)
      throws IOException, InterruptedException {
    String token =
        sent(HttpRequest.newBuilder(server.endpoint("token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Browser.encoded(
                            Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "administrator",
                                "client_secret",
                                "secret-of-the-administrator")))))
            .required("access_token")
            .stringValue();
    JsonNode people = sent(authorized(token, "/users?exact=true&username=" + person).GET());
    String id = people.required(0).required("id").stringValue();
    sent(authorized(token, "/users/" + id + "/consents/" + application).DELETE());
  }

  private HttpRequest.Builder authorized(String token, String path) {
    return HttpRequest.newBuilder(URI.create(server.administration() + path))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode sent(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("Keycloak answered the administrator " + answer.statusCode());
    }
    return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }
}
