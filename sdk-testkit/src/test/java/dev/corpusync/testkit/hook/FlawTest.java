package dev.corpusync.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.testkit.hook.Receiver.Arrived;
import dev.corpusync.testkit.hook.Signing.Part;
import dev.corpusync.testkit.hook.SigningCase.Signed;
import dev.corpusync.testkit.time.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What arrives under each scheme is right, or is wrong in the one way that was asked for. */
class FlawTest {
  private static final URI PUBLIC = URI.create("https://host.example/hooks/7?tenant=a");
  private static final URI ANOTHER = URI.create("https://host.example/hooks/8?tenant=b");
  private static final Duration FAR = Duration.ofHours(2);
  private static final Instant NOW = VirtualTime.START;
  private static final String EVENT =
      "{\"event\":\"changed\",\"value\":[{\"id\":\"a\",\"title\":\"Größe\"}]}";

  private final Receiver receiver = Receiver.answering(202);

  @AfterEach
  void close() {
    receiver.close();
  }

  static Stream<SigningCase> schemes() {
    return SigningCase.all().stream();
  }

  static Stream<SigningCase> tokens() {
    return schemes().filter(SigningCase::isToken);
  }

  /** What a receiver sees of a flaw, which it can only if the signature is of that part. */
  enum Seen {
    NOTHING(Optional.empty()),
    ANOTHER_SECRET(Optional.empty()),
    CUT_SHORT(Optional.empty()),
    ANOTHER_BODY(Optional.of(Part.BODY)),
    THE_PAST(Optional.of(Part.TIME)),
    THE_FUTURE(Optional.of(Part.TIME)),
    ANOTHER_URL(Optional.of(Part.URL));

    final Optional<Part> part;

    Seen(Optional<Part> part) {
      this.part = part;
    }

    Flaw flaw(SigningCase under) {
      return switch (this) {
        case NOTHING -> Flaw.unsigned();
        case ANOTHER_SECRET -> Flaw.signedWith(under.theirs());
        case CUT_SHORT -> Flaw.cutShort(7);
        case ANOTHER_BODY -> Flaw.rewritten();
        case THE_PAST -> Flaw.late(FAR);
        case THE_FUTURE -> Flaw.early(FAR);
        case ANOTHER_URL -> Flaw.signedFor(ANOTHER);
      };
    }
  }

  static Stream<Arguments> flaws(boolean visible) {
    return schemes()
        .flatMap(
            scheme ->
                Stream.of(Seen.values())
                    .filter(s -> s.part.map(scheme.parts()::contains).orElse(true) == visible)
                    .map(seen -> Arguments.of(scheme, seen)));
  }

  static Stream<Arguments> visible() {
    return flaws(true);
  }

  static Stream<Arguments> invisible() {
    return flaws(false);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_right_delivery_verifies(SigningCase scheme) throws Exception {
    Attempt attempt = sender(scheme).deliver(Delivery.json("d1", EVENT));

    assertThat(attempt.isAccepted()).isTrue();
    assertThat(seen(scheme, receiver.last())).isEqualTo("right");
    assertThat(receiver.last().header("Content-Type")).contains("application/json");
    assertThat(receiver.last().method()).isEqualTo("POST");
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void says_what_its_signature_is_of(SigningCase scheme) {
    assertThat(Stream.of(Part.values()).filter(scheme.signing()::covers))
        .containsExactlyInAnyOrderElementsOf(scheme.parts());
  }

  @ParameterizedTest
  @MethodSource("visible")
  void a_flaw_is_there_and_is_the_only_one(SigningCase scheme, Seen expected) throws Exception {
    sender(scheme).deliver(Delivery.json("d1", EVENT), expected.flaw(scheme));

    assertThat(seen(scheme, receiver.last())).isEqualTo(expected.name());
  }

  @ParameterizedTest
  @MethodSource("invisible")
  void a_flaw_that_nobody_could_see_is_not_sent(SigningCase scheme, Seen expected) {
    assertThatThrownBy(
            () -> sender(scheme).deliver(Delivery.json("d1", EVENT), expected.flaw(scheme)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be seen under");
    assertThat(receiver.arrived()).isEmpty();
  }

  // Missing is one thing; a time stamp that is missing too would be another one.
  @ParameterizedTest
  @ValueSource(strings = {"slack", "hubspot", "linear"})
  void what_is_not_signed_has_its_time_stamp(String name) {
    SigningCase scheme = SigningCase.named(name);

    sender(scheme).deliver(Delivery.json("d1", EVENT), Flaw.unsigned());

    assertThat(scheme.time().apply(receiver.last())).isEqualTo(NOW);
  }

  @Test
  void a_flaw_that_changes_nothing_is_not_sent() {
    SigningCase slack = SigningCase.named("slack");

    Stream.of(
            Flaw.signedWith(slack.ours()),
            Flaw.cutShort(0),
            Flaw.late(Duration.ofMillis(0)),
            Flaw.early(Duration.ofMillis(1)))
        .forEach(
            flaw ->
                assertThatThrownBy(() -> sender(slack).deliver(Delivery.json("d1", EVENT), flaw))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be seen under"));
    assertThat(receiver.arrived()).isEmpty();
  }

  @Test
  void a_signature_is_cut_down_to_nothing_at_most() {
    SigningCase github = SigningCase.named("github");

    sender(github).deliver(Delivery.json("d1", EVENT), Flaw.cutShort(64));
    assertThat(receiver.last().header("X-Hub-Signature-256")).contains("sha256=");

    sender(github).deliver(Delivery.json("d1", EVENT), Flaw.cutShort(1_000));
    assertThat(receiver.last().header("X-Hub-Signature-256")).contains("");
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void a_token_verifies_with_the_public_key_and_runs_out(SigningCase scheme) throws Exception {
    sender(scheme).deliver(Delivery.json("d1", EVENT));

    String[] token = SigningCase.jwt(receiver.last());
    JsonNode claims = SigningCase.claims(receiver.last());
    assertThat(verifies(token)).isTrue();
    assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.path("exp").asLong())
        .isEqualTo(NOW.plus(Signing.TOKEN_LIFE).getEpochSecond());
    assertThat(NOW.minus(FAR).plus(Signing.TOKEN_LIFE)).isBefore(NOW);
    assertThat(SigningCase.json(Base64.getUrlDecoder().decode(token[0])).path("alg").asString())
        .isEqualTo("RS256");
  }

  private static boolean verifies(String[] token) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(SigningCase.OURS.getPublic());
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(token[2]));
  }

  private WebhookSender sender(SigningCase scheme) {
    return WebhookSender.to(
            receiver.url("/hooks/7"), scheme.signing(), scheme.ours(), new VirtualTime()::now)
        .registeredAs(PUBLIC);
  }

  /** Which of all the things that can be wrong is; "right" if none. */
  private static String seen(SigningCase scheme, Arrived arrived) throws GeneralSecurityException {
    Optional<String> proof = scheme.proof().apply(arrived);
    if (proof.isEmpty()) {
      return Seen.NOTHING.name();
    }
    Instant time = scheme.parts().contains(Part.TIME) ? scheme.time().apply(arrived) : NOW;
    String right = whole(scheme, true, PUBLIC, arrived.body(), arrived);
    if (proof.get().equals(right)) {
      boolean near = Duration.between(time, NOW).abs().toMinutes() < 5;
      return near ? "right" : (time.isBefore(NOW) ? Seen.THE_PAST : Seen.THE_FUTURE).name();
    }
    if (!time.equals(NOW)) {
      return "two flaws";
    }
    if (proof.get().equals(whole(scheme, false, PUBLIC, arrived.body(), arrived))) {
      return Seen.ANOTHER_SECRET.name();
    }
    if (proof.get().equals(whole(scheme, true, ANOTHER, arrived.body(), arrived))) {
      return Seen.ANOTHER_URL.name();
    }
    byte[] before = asItWas(arrived);
    if (proof.get().equals(whole(scheme, true, PUBLIC, before, arrived))
        && SigningCase.json(before).equals(SigningCase.json(arrived.body()))) {
      return Seen.ANOTHER_BODY.name();
    }
    return right.startsWith(proof.get()) ? Seen.CUT_SHORT.name() : "nonsense";
  }

  private static String whole(
      SigningCase scheme, boolean byUs, URI url, byte[] body, Arrived arrived)
      throws GeneralSecurityException {
    return scheme.whole().of(new Signed(byUs, url.toString(), body, arrived));
  }

  /** The body that was signed, if it was rewritten afterwards. */
  private static byte[] asItWas(Arrived arrived) {
    JsonNode stamp = SigningCase.json(arrived.body()).path("webhookTimestamp");
    String was =
        stamp.isNumber() ? EVENT.replaceFirst("}$", ",\"webhookTimestamp\":" + stamp + "}") : EVENT;
    return was.getBytes(StandardCharsets.UTF_8);
  }
}
