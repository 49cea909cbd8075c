package dev.corpusync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a provider is like is said once, and no setting can bend it. */
class OAuth2Test {
  private static OAuth2 at(String token) {
    return OAuth2.clientCredentials(token).build();
  }

  private static String filled(String token, String name, String value) {
    return at(token).tokenEndpoint(Map.of(name, value)).toString();
  }

  @Test
  void addresses_are_filled_from_settings() {
    assertThat(filled("https://{site}.crm.example/oauth/token", "site", "acme-1"))
        .isEqualTo("https://acme-1.crm.example/oauth/token");
    assertThat(filled("https://id.example/{tenant}/token", "tenant", "a b/ü"))
        .isEqualTo("https://id.example/a%20b%2F%C3%BC/token");
    assertThat(filled("{base_url}/token", "base_url", "https://own.example:8443/auth/"))
        .isEqualTo("https://own.example:8443/auth/token");
    assertThat(at("https://{site}.x.example/{realm}/t").settings())
        .containsExactly("realm", "site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example/",
        "evil.example?",
        "evil.example#",
        "u@evil",
        "a b",
        "evil:80",
        "\\evil",
        "-",
        "."
      })
  void a_setting_in_the_host_cannot_lead_elsewhere(String value) {
    assertThatThrownBy(() -> filled("https://{site}.crm.example/token", "site", value))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("'site'")
        .hasMessageNotContaining("evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil",
        "ftp://evil.example",
        "https://user@evil.example",
        "https://evil.example?x",
        "https://evil.example#",
        "https://evil .example",
        "javascript:evil",
        "https:///evil"
      })
  void a_setting_in_front_must_be_an_address(String value) {
    assertThatThrownBy(() -> filled("{base_url}/token", "base_url", value))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("'base_url'")
        .hasMessageNotContaining("evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "", " "})
  void a_setting_in_the_path_must_be_a_name(String value) {
    assertThatThrownBy(() -> filled("https://id.example/{tenant}/token", "tenant", value))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("'tenant'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/token",
        "id.example",
        "ftp://x/token",
        "http://127.0.0.1.evil.example/"
      })
  void an_author_cannot_send_secrets_in_plain_text(String endpoint) {
    assertThatThrownBy(() -> OAuth2.clientCredentials(endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void an_author_cannot_set_what_the_flow_sets() {
    assertThatThrownBy(
            () ->
                OAuth2.authorizationCode("https://a.example/a", "https://a.example/t")
                    .authorizeParameter("state", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'state'");
  }

  @Test
  void scopes_are_joined_as_the_provider_wants() {
    OAuth2 scheme =
        OAuth2.clientCredentials("https://a.example/t")
            .scopes("b", "a")
            .uncheckedScopes("offline_access")
            .scopeSeparator(",")
            .build();
    assertThat(scheme.scopeParameter()).contains("a,b,offline_access");
    assertThat(scheme.scopes()).containsExactly("a", "b");
    assertThat(at("https://a.example/t").scopeParameter()).isEmpty();
  }

  @Test
  void a_host_that_has_access_tokens_can_give_them() {
    Authorizer given =
        at("https://a.example/t").authorizer(() -> Secret.of("t1"), InstantSource.system());
    assertThat(given.authorize().headers().get("Authorization").reveal()).isEqualTo("Bearer t1");
    assertThat(given.renew(given.authorize())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_OR_LOOPBACK, https://app.example/back, ''",
    "HTTPS_OR_LOOPBACK, http://127.0.0.1:8123/back, ''",
    "HTTPS_OR_LOOPBACK, http://[::1]:8123/back, ''",
    "HTTPS_OR_LOOPBACK, http://localhost/back, ''",
    "HTTPS_OR_LOOPBACK, http://app.example/back, https://",
    "HTTPS_OR_LOOPBACK, http://127.0.0.1.evil.example/back, https://",
    "HTTPS_OR_LOOPBACK, https://app.example/back#x, fragment",
    "HTTPS_OR_LOOPBACK, https://u@app.example/back, user name",
    "HTTPS_OR_LOOPBACK, app:/back, absolute",
    "HTTPS_OR_LOOPBACK_NUMBER, http://localhost/back, http://127.0.0.1",
    "HTTPS_OR_LOOPBACK_NUMBER, http://127.0.0.1/back, ''",
    "HTTPS_OR_LOCALHOST, http://127.0.0.1/back, http://localhost",
    "HTTPS_OR_LOCALHOST, http://localhost:1/back, ''",
    "HTTPS, http://localhost/back, https://",
    "HTTPS, https://localhost/back, ''"
  })
  void where_a_provider_sends_people_back_to(RedirectPolicy policy, URI redirect, String said) {
    assertThat(policy.refusal(redirect).orElse("")).contains(said);
    assertThat(policy.refusal(redirect).isPresent()).isEqualTo(!said.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/back, http://127.0.0.1:5123/back, true",
    "http://127.0.0.1:1/back, http://127.0.0.1/back, true",
    "http://localhost/back, http://localhost:5123/back, true",
    "http://localhost/back, http://127.0.0.1:5123/back, false",
    "http://127.0.0.1/back, http://127.0.0.1:5123/other, false",
    "https://app.example/back, https://app.example:444/back, false",
    "https://app.example/back, https://app.example/back, true",
    "https://app.example/back, https://app.example/back?x=1, false",
    "https://app.example/back, http://app.example/back, false"
  })
  void any_port_of_this_machine_is_the_registered_one(URI registered, URI asked, boolean same) {
    assertThat(RedirectPolicy.HTTPS_OR_LOOPBACK.matches(registered, asked)).isEqualTo(same);
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  @Test
  void dialects_translate_to_the_standard() {
    TokenDialect slack =
        TokenDialect.nested("authed_user").and(TokenDialect.refusedBy("invalid_refresh_token"));
    assertThat(
            slack.answer(json("{\"ok\":true,\"authed_user\":{\"access_token\":\"u\"}}")).toString())
        .isEqualTo("{\"access_token\":\"u\"}");
    assertThat(
            slack.answer(json("{\"ok\":false,\"error\":\"invalid_refresh_token\"}")).path("error"))
        .hasToString("\"invalid_grant\"");
    assertThat(slack.answer(json("{\"error\":\"bad_client_secret\"}")).path("error"))
        .hasToString("\"bad_client_secret\"");
    TokenDialect.Request request =
        TokenDialect.jsonRequests()
            .request(
                new TokenDialect.Request(
                    Map.of(), List.of(new TokenEndpoint.Field("a", Secret.of("canary")))));
    assertThat(request.headers().keySet()).containsExactly("Content-Type");
    assertThat(request.toString()).doesNotContain("canary");
  }
}
