package dev.corpusync.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.TokenDialect;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer is told apart by what should happen next. */
class TokenResponseTest {
  private static final Instant FROM = Instant.parse("2026-03-01T09:00:00Z");
  private static final Instant UNTIL = FROM.plusSeconds(2);

  private static TokenSet read(int status, String type, String body, Optional<Instant> date)
      throws GrantRefused {
    return new TokenResponse(
            "the token endpoint",
            new TokenEndpoint.Answer(status, type, body.getBytes(StandardCharsets.UTF_8), date),
            TokenDialect.standard(),
            FROM,
            UNTIL)
        .tokens();
  }

  private static TokenSet read(String body) throws GrantRefused {
    return read(200, "application/json", body, Optional.empty());
  }

  private static String with(String members) {
    return "{\"access_token\":\"a\"," + members + "}";
  }

  @Test
  void a_life_counts_from_when_it_was_asked_for() throws GrantRefused {
    TokenSet tokens = read(with("\"expires_in\":3600"));
    assertThat(tokens.isOver(FROM.plusSeconds(3_599))).isFalse();
    assertThat(tokens.isOver(FROM.plusSeconds(3_600))).isTrue();
    assertThat(tokens.isDue(FROM.plusSeconds(3_479))).isFalse();
    assertThat(tokens.isDue(FROM.plusSeconds(3_480))).isTrue();
  }

  @Test
  void an_end_by_the_providers_clock_is_put_to_ours() throws GrantRefused {
    Instant theirs = UNTIL.plus(Duration.ofMinutes(10));
    String end = Long.toString(theirs.plusSeconds(3_600).getEpochSecond());
    TokenSet tokens =
        read(200, "application/json", with("\"expires_at\":" + end), Optional.of(theirs));
    assertThat(tokens.isOver(FROM.plusSeconds(3_599))).isFalse();
    assertThat(tokens.isOver(FROM.plusSeconds(3_600))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|true",
        "0.5|true",
        "0.0001|false",
        "-0|false",
        "-3600|false",
        "1e400|false",
        "1e999999999|false",
        "1e-999999999|false",
        "1e30|true",
        "\"36e2\"|true",
        "\"1e400\"|false",
        "\"1e999999999\"|false",
        "\"--5\"|false",
        "\"1.2.3\"|false",
        "{}|false",
        "false|false"
      })
  void a_life_is_known_or_it_is_not(String value, boolean known) throws GrantRefused {
    assertThat(read(with("\"expires_in\":" + value)).life().isPresent()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a b\"|[a, b]",
        "\"b,a\"|[a, b]",
        "\"a, b a\"|[a, b]",
        "[\"b\",\"a\",null,1]|[a, b]",
        "null|[]",
        "\"\"|[]",
        "7|[]"
      })
  void scopes_come_in_many_forms(String value, String scopes) throws GrantRefused {
    assertThat(read(with("\"scope\":" + value)).scopes()).hasToString(scopes);
  }

  @Test
  void a_form_is_read_where_the_provider_sends_one() throws GrantRefused {
    TokenSet tokens =
        read(
            200,
            "application/x-www-form-urlencoded; charset=utf-8",
            "access_token=a%2Bb&scope=repo%2Cuser&expires_in=60&token_type",
            Optional.empty());
    assertThat(tokens.access().reveal()).isEqualTo("a+b");
    assertThat(tokens.scopes()).containsExactly("repo", "user");
    assertThat(tokens.life()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/html", "", "application/x-www-form-urlencoded"})
  void json_is_json_whatever_it_is_called(String type) throws GrantRefused {
    assertThat(read(200, type, "{\"access_token\":\"a\"}", Optional.empty()).access().reveal())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 403})
  void only_invalid_grant_is_a_refusal(int status) {
    assertThat(failure(status, "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}"))
        .isInstanceOf(GrantRefused.class)
        .hasMessageNotContaining("canary");
    assertThat(failure(status, "{\"error\":\"invalid_client\"}"))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("invalid_client");
    assertThat(failure(status, "{\"error\":\"<b>canary is\\n no code\"}"))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageNotContaining("canary");
    assertThat(failure(status, "{\"error\":\"server_error\"}"))
        .isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void a_server_out_of_order_refuses_nothing(int status) {
    assertThat(failure(status, "{\"error\":\"invalid_grant\"}"))
        .isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "<html>canary",
        "[\"canary\"]",
        "\"canary\"",
        "{\"access_token\":\"\"}",
        "{\"access_token\":null}",
        "{\"access_token\":7}",
        "{\"access_token\":\"canary",
        "{\"error\":null}",
        "{\"ok\":true}"
      })
  void what_is_no_answer_is_said_and_not_quoted(String body) {
    Throwable e = failure(200, body);
    assertThat(e).isInstanceOf(MalformedReplyException.class).hasNoCause();
    assertThat(e.getMessage()).contains("answered 200").doesNotContain("canary");
  }

  @Test
  void a_status_without_a_reason_is_no_refusal() {
    assertThat(failure(400, "{}")).isInstanceOf(MalformedReplyException.class);
    assertThat(failure(302, "{}")).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void a_set_of_tokens_is_the_same_after_it_was_kept() throws GrantRefused {
    TokenSet tokens =
        read(with("\"refresh_token\":\"r\\\"ü\",\"expires_in\":60,\"scope\":\"a b\""));
    TokenSet opened = TokenSet.opened(tokens.asRefused().sealed());
    assertThat(opened.isSameAs(tokens)).isTrue();
    assertThat(opened.life()).isEqualTo(tokens.life());
    assertThat(opened.scopes()).isEqualTo(tokens.scopes());
    assertThat(opened.refused()).isTrue();
    assertThat(tokens).hasToString("TokenSet");
    TokenSet bare = read("{\"access_token\":\"a\"}");
    assertThat(TokenSet.opened(bare.sealed()).refresh()).isEmpty();
    assertThatThrownBy(() -> TokenSet.opened(dev.corpusync.auth.Secret.of("canary")))
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  private static Throwable failure(int status, String body) {
    return catchThrowable(() -> read(status, "application/json", body, Optional.empty()));
  }
}
