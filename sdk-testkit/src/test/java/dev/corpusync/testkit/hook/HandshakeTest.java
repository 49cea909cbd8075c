package dev.corpusync.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Receiver.Arrived;
import dev.corpusync.testkit.hook.Receiver.Reply;
import dev.corpusync.testkit.time.VirtualTime;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source asks a new endpoint, and whether it is satisfied. */
class HandshakeTest {
  @ParameterizedTest
  @CsvSource({
    "200, text/plain, c&h ä, right",
    "200, text/plain; charset=utf-8, c&h ä, right",
    "200, application/json, '{\"challenge\":\"c&h ä\"}', right",
    "200, application/x-www-form-urlencoded, challenge=c%26h+%C3%A4, right",
    "200, text/plain, c&h ä!, another text",
    "200, text/plain, '', another text",
    "200, application/json, '{\"challenge\":7}', another text",
    "200, application/json, c&h ä, another text",
    "200, application/x-www-form-urlencoded, c%26h+%C3%A4, another text",
    "200, text/html, c&h ä, as 'text/html'",
    "201, text/plain, c&h ä, with 201"
  })
  void tells_a_right_answer_to_slacks_challenge(int status, String type, String body, String wrong)
      throws Exception {
    try (Receiver receiver = Receiver.answering(a -> new Reply(status, type, body))) {
      SigningCase slack = SigningCase.named("slack");
      WebhookSender sender =
          WebhookSender.to(
              receiver.url("/"), slack.signing(), slack.ours(), new VirtualTime()::now);

      assertThat(sender.slackChallenge("c&h ä").orElse("right")).contains(wrong);
      Arrived asked = receiver.last();
      assertThat(SigningCase.json(asked.body()).path("type").asString())
          .isEqualTo("url_verification");
      assertThat(SigningCase.json(asked.body()).path("challenge").asString()).isEqualTo("c&h ä");
      assertThat(asked.header("X-Slack-Signature"))
          .contains(slack.whole().of(new SigningCase.Signed(true, "", asked.body(), asked)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/plain, right",
    "200, text/plain; charset=utf-8, right",
    "202, text/plain, with 202",
    "200, application/json, as 'application/json'"
  })
  void tells_a_right_answer_to_graphs_validation(int status, String type, String wrong) {
    String token = "Validation: Testing 100 % + Request-Id: 7=7&ä";
    try (Receiver receiver =
        Receiver.answering(
            a ->
                new Reply(
                    status,
                    type,
                    URLDecoder.decode(
                        a.target().getRawQuery().replaceFirst(".*validationToken=", ""),
                        StandardCharsets.UTF_8)))) {
      assertThat(graph(receiver, "/h?a=b").graphValidation(token).orElse("right")).contains(wrong);
      assertThat(receiver.last().target().getRawQuery())
          .startsWith("a=b&validationToken=Validation%3A+Testing+100+%25+%2B+");
      assertThat(receiver.last().body()).isEmpty();
      assertThat(receiver.last().header("Content-Type")).contains("text/plain; charset=utf-8");
    }
  }

  @Test
  void tells_when_the_token_came_back_as_it_was_sent() {
    try (Receiver receiver =
        Receiver.answering(
            a ->
                new Reply(
                    200,
                    "text/plain",
                    a.target().getRawQuery().replaceFirst("validationToken=", "")))) {
      assertThat(graph(receiver, "/").graphValidation("a b").orElseThrow())
          .contains("another text");
      assertThat(graph(receiver, "/").graphValidation("ab")).isEmpty();
    }
  }

  @Test
  void tells_when_nobody_answers_a_handshake() {
    assertThat(graph(Receiver.gone(), "/").graphValidation("t").orElseThrow())
        .contains("was not answered");
  }

  private static WebhookSender graph(Receiver receiver, String path) {
    return WebhookSender.to(
        receiver.url(path),
        Signing.inBody("value", "clientState"),
        Secret.of("n33dle"),
        new VirtualTime()::now);
  }
}
