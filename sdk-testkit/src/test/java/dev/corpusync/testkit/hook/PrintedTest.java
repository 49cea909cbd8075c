package dev.corpusync.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Receiver.Reply;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is printed, no secret is, and nothing of what a delivery says. */
class PrintedTest {
  private static final String NEEDLE = "n33dle";
  private static final String PRIVATE = "pr1vate";
  private final VirtualTime time = new VirtualTime();

  static Stream<SigningCase> schemes() {
    return SigningCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void nothing_prints_a_secret(SigningCase scheme) {
    try (Receiver echo =
        Receiver.answering(a -> new Reply(200, "text/plain", a.headers() + a.text()))) {
      WebhookSender sender =
          WebhookSender.to(
              echo.url("/h?key=" + NEEDLE), scheme.signing(), scheme.ours(), time::now);
      Delivery delivery = Delivery.json("d1", "{\"title\":\"" + PRIVATE + "\",\"value\":[{}]}");
      Attempt attempt = sender.deliver(delivery);
      Flaw other = Flaw.signedWith(scheme.theirs());
      sender.deliver(delivery, other);
      OutgoingPost post =
          new OutgoingPost(echo.url("/"), delivery.headers(), delivery.body(), time.now());

      // The answer did bring it back, to be found where it is asked for.
      assertThat(attempt.answer().orElseThrow().body()).contains(PRIVATE);
      assertThat(
              scheme.signing()
                  + " "
                  + sender
                  + sender.attempts()
                  + delivery
                  + other
                  + post
                  + scheme.signing().signed(scheme.ours(), post))
          .doesNotContain(NEEDLE)
          .doesNotContain(PRIVATE)
          .doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void a_secret_that_no_header_carries_is_not_in_the_message() {
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender sender =
          WebhookSender.to(
              receiver.url("/"),
              Signing.sharedToken("X-Goog-Channel-Token"),
              Secret.of(NEEDLE + "\nX-Admin: yes"),
              time::now);

      assertThatThrownBy(() -> sender.deliver(Delivery.json("d1", "{}")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("X-Goog-Channel-Token")
          .satisfies(PrintedTest::tellsNothing);
      assertThat(receiver.arrived()).isEmpty();
    }
  }

  @Test
  void a_key_that_is_none_is_not_in_the_message() {
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender sender =
          WebhookSender.to(
              receiver.url("/"),
              Signing.bodyHashJwt("Authorization"),
              Secret.of("-----BEGIN PRIVATE KEY-----\n" + NEEDLE),
              time::now);

      tellsNothing(catchThrowable(() -> sender.deliver(Delivery.json("d1", "{}"))));
    }
  }

  @Test
  void a_body_that_is_no_json_is_not_in_the_message() {
    Delivery broken = Delivery.json("d1", "{\"title\": " + PRIVATE);

    tellsNothing(catchThrowable(broken::rewritten));
    tellsNothing(
        catchThrowable(
            () ->
                Signing.inBody("passcode")
                    .signed(
                        Secret.of(NEEDLE),
                        new OutgoingPost(
                            URI.create("http://127.0.0.1"),
                            broken.headers(),
                            broken.body(),
                            time.now()))));
  }

  private static void tellsNothing(Throwable thrown) {
    assertThat(thrown).isNotNull();
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(NEEDLE).doesNotContain(PRIVATE);
  }
}
