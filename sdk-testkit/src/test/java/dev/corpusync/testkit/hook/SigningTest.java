package dev.corpusync.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Signing.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each scheme against what its vendor publishes or, where nothing is published, against the same
 * thing computed another way. The tokens are verified where they arrive, in {@link
 * WebhookSenderTest}.
 */
class SigningTest {
  private static final URI URL = URI.create("https://www.example.com/webhook_uri");
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final String TICKET = "{\"id\":7,\"title\":\"Größe – 漢字\"}";
  private static final Secret KEY = Secret.of("k3y-of-the-source");

  // "Validating webhook deliveries" in GitHub's documentation.
  @Test
  void signs_what_github_shows_as_github_does() {
    OutgoingPost signed =
        Signing.prefixedHex("X-Hub-Signature-256", "sha256=")
            .signed(Secret.of("It's a Secret to Everybody"), post("Hello, World!"));

    assertThat(signed.headers())
        .containsEntry(
            "X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
  }

  // "Webhooks", "Secure admin webhooks", in the documentation of the Jira Cloud platform.
  @Test
  void signs_what_atlassian_shows_as_jira_does() {
    OutgoingPost signed =
        Signing.prefixedHex("X-Hub-Signature", "sha256=")
            .signed(Secret.of("It's a Secret to Everybody"), post("Hello World!"));

    assertThat(signed.headers())
        .containsEntry(
            "X-Hub-Signature",
            "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
  }

  // "Verifying requests from Slack" in Slack's documentation.
  @Test
  void signs_what_slack_shows_as_slack_does() {
    String command =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    OutgoingPost signed =
        Signing.slack()
            .signed(
                Secret.of("8f742231b10e8888abcd99yyyzzz85a5"),
                post(command).sentAt(Instant.ofEpochSecond(1_531_420_618)));

    assertThat(signed.headers())
        .containsEntry("X-Slack-Request-Timestamp", "1531420618")
        .containsEntry(
            "X-Slack-Signature",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  // The first in the tests of HubSpot's Python client, the second in those of its Ruby client.
  @ParameterizedTest
  @CsvSource({
    "1693657560000, K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
    "1700000300000, RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="
  })
  void signs_what_hubspots_clients_are_tested_with_as_they_do(long millis, String signature) {
    OutgoingPost signed =
        Signing.hubspot()
            .signed(
                Secret.of("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"),
                post("{'example_field':'example_value'}").sentAt(Instant.ofEpochMilli(millis)));

    assertThat(signed.headers())
        .containsEntry("X-HubSpot-Request-Timestamp", Long.toString(millis))
        .containsEntry("X-HubSpot-Signature-v3", signature);
  }

  // The table in "Validating requests" of HubSpot's documentation: these twelve and no others.
  @Test
  void decodes_in_hubspots_url_what_hubspot_says_and_nothing_else() throws Exception {
    URI coded =
        URI.create(
            "https://a.example/h?q=%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B&other=%20%26%3D%C3%BC");
    String decoded = "https://a.example/h?q=:/?@!$'()*,;&other=%20%26%3D%C3%BC";

    OutgoingPost signed = Signing.hubspot().signed(KEY, post(TICKET).url(coded));

    assertThat(signed.headers().get("X-HubSpot-Signature-v3"))
        .isEqualTo(base64("HmacSHA256", "POST" + decoded + TICKET + NOW.toEpochMilli()));
  }

  // No vector is published: "Webhooks" of Trello's REST API says body, then callbackURL.
  @Test
  void signs_trellos_body_and_then_the_url() throws Exception {
    OutgoingPost signed = Signing.trello().signed(KEY, post(TICKET));

    assertThat(signed.headers())
        .isEqualTo(Map.of("X-Trello-Webhook", base64("HmacSHA1", TICKET + URL)));
  }

  // Attio's "Webhooks" says: hexadecimal, of the body, in UTF-8.
  @Test
  void signs_the_bytes_of_the_body() throws Exception {
    OutgoingPost signed = Signing.hex("Attio-Signature").signed(KEY, post(TICKET));

    assertThat(signed.headers()).isEqualTo(Map.of("Attio-Signature", hex("HmacSHA256", TICKET)));
    assertThat(signed.body()).asString(StandardCharsets.UTF_8).isEqualTo(TICKET);
  }

  // Linear's client takes webhookTimestamp out of the body, in milliseconds.
  @Test
  void writes_the_time_into_the_body_before_that_is_signed() throws Exception {
    String stamped = TICKET.replace("}", ",\"webhookTimestamp\":" + NOW.toEpochMilli() + "}");

    OutgoingPost signed =
        Signing.hex("Linear-Signature").timeIn("webhookTimestamp").signed(KEY, post(TICKET));

    assertThat(signed.body()).asString(StandardCharsets.UTF_8).isEqualTo(stamped);
    assertThat(signed.headers()).isEqualTo(Map.of("Linear-Signature", hex("HmacSHA256", stamped)));
  }

  @Test
  void sends_a_token_in_a_header_and_leaves_the_body_alone() {
    OutgoingPost signed = Signing.sharedToken("X-Goog-Channel-Token").signed(KEY, post(TICKET));

    assertThat(signed.headers()).isEqualTo(Map.of("X-Goog-Channel-Token", KEY.reveal()));
    assertThat(signed.body()).asString(StandardCharsets.UTF_8).isEqualTo(TICKET);
  }

  @Test
  void sends_a_token_in_the_body() {
    OutgoingPost signed = Signing.inBody("passcode").signed(KEY, post("{\"event_type\":\"PING\"}"));

    assertThat(signed.body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"event_type\":\"PING\",\"passcode\":\"" + KEY.reveal() + "\"}");
  }

  // A collection of change notifications, each with the clientState, in Microsoft's documentation.
  @Test
  void sends_a_token_in_each_notification_of_a_body() {
    OutgoingPost signed =
        Signing.inBody("value", "clientState")
            .signed(KEY, post("{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));

    String state = ",\"clientState\":\"" + KEY.reveal() + "\"}";
    assertThat(signed.body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"value\":[{\"id\":\"a\"" + state + ",{\"id\":\"b\"" + state + "]}");
  }

  @ParameterizedTest
  @CsvSource({"[]", "7", "no JSON", "'{\"value\":{}'"})
  void has_no_place_for_a_token_in_a_body_without_one(String body) {
    assertThatThrownBy(() -> Signing.inBody("value", "clientState").signed(KEY, post(body)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the body of a delivery")
        .hasNoCause();
  }

  @Test
  void knows_what_its_signature_is_of() {
    assertThat(Signing.slack().covers(Part.TIME)).isTrue();
    assertThat(Signing.slack().covers(Part.URL)).isFalse();
    assertThat(Signing.trello().covers(Part.URL)).isTrue();
    assertThat(Signing.trello().covers(Part.TIME)).isFalse();
    assertThat(Signing.sharedToken("X").covers(Part.BODY)).isFalse();
    assertThat(Signing.hex("X").covers(Part.TIME)).isFalse();
    assertThat(Signing.hex("X").timeIn("at").covers(Part.TIME)).isTrue();
    assertThatThrownBy(() -> Signing.sharedToken("X").timeIn("at"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signs no body");
  }

  private static OutgoingPost post(String body) {
    return new OutgoingPost(URL, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static String hex(String algorithm, String of) throws Exception {
    return HexFormat.of().formatHex(mac(algorithm, of));
  }

  private static String base64(String algorithm, String of) throws Exception {
    return Base64.getEncoder().encodeToString(mac(algorithm, of));
  }

  private static byte[] mac(String algorithm, String of) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(KEY.reveal().getBytes(StandardCharsets.UTF_8), algorithm));
    return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
  }
}
