package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that an API repeats is taken out of its answer in every form (P11). */
class SecretRedactorTest {
  private static final String SECRET = "s/cr3t+key=&<'\"\\%of~the.API";

  private static String redacted(String body, String secret) {
    return redacted(body, Authorization.query("key", Secret.of(secret)));
  }

  private static String redacted(String body, Authorization sent) {
    HttpExchange.Answer answer =
        new HttpExchange.Answer(
            200, Map.of("x-echo", List.of(body)), body.getBytes(StandardCharsets.UTF_8));
    HttpExchange.Answer redacted = new SecretRedactor(sent).redact(answer);
    String text = new String(redacted.body(), StandardCharsets.UTF_8);
    assertThat(redacted.header("x-echo")).contains(text);
    return text;
  }

  private static String each(String text, UnaryOperator<String> form) {
    StringBuilder all = new StringBuilder();
    text.codePoints().forEach(c -> all.append(form.apply(Character.toString(c))));
    return all.toString();
  }

  private static String percent(String text) {
    return each(text, c -> String.format("%%%02x", (int) c.charAt(0)));
  }

  private static String unicode(String text) {
    return each(text, c -> String.format("\\u%04x", (int) c.charAt(0)));
  }

  static List<UnaryOperator<String>> forms() {
    return List.of(
        s -> s,
        SecretRedactorTest::percent,
        s -> percent(s).toUpperCase(Locale.ROOT),
        s -> percent(percent(s)),
        s -> percent(percent(percent(s))),
        SecretRedactorTest::unicode,
        s -> unicode(s).replace("\\U", "\\u"),
        s -> unicode(percent(s)),
        s -> percent(unicode(s)),
        s -> each(s, c -> "\\x" + HexFormat.of().formatHex(c.getBytes(StandardCharsets.UTF_8))),
        s -> s.replace("\\", "\\\\").replace("/", "\\/").replace("\"", "\\\""),
        s -> unicode(s).replace("\\", "\\\\"),
        s -> unicode(s).replace("\\", "\\\\\\\\"),
        s -> each(s, c -> "&#" + (int) c.charAt(0) + ";"),
        s -> each(s, c -> "&#x" + Integer.toHexString(c.charAt(0)) + ";"),
        s -> each(s, c -> "&#X00" + Integer.toHexString(c.charAt(0)) + ";"),
        s ->
            s.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("/", "&sol;")
                .replace("+", "&plus;")
                .replace("=", "&equals;"),
        s -> percent(s).replace("%", "&#37;"),
        s -> percent(s).replace("%", "&amp;#x25;"),
        s -> percent(s.substring(0, 9)) + unicode(s.substring(9, 15)) + s.substring(15),
        s -> HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8)),
        s -> HexFormat.of().withUpperCase().formatHex(s.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void every_escape_is_seen_through(UnaryOperator<String> form) {
    String written = form.apply(SECRET);
    assertThat(redacted("{\"next\":\"/me?key=" + written + "&page=2\"}", SECRET))
        .isEqualTo("{\"next\":\"/me?key=***&page=2\"}");
    assertThat(redacted(written, SECRET)).isEqualTo("***");
    assertThat(redacted(written + written, SECRET)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void base64_is_seen_through_wherever_the_secret_stands_in_it(int before) {
    byte[] bytes = ("x".repeat(before) + SECRET + ":after").getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String written = encoder.encodeToString(bytes);
      for (String form : List.of(written, percent(written), written.replace("/", "\\/"))) {
        String left = redacted("<" + form + ">", SECRET);
        assertThat(left).contains("***").hasSizeLessThan(60);
        assertThat(left).doesNotContain(form.substring(form.length() / 3, form.length() / 2));
      }
    }
  }

  @Test
  void a_user_name_and_password_are_found_as_they_are_and_as_they_were_sent() {
    String pair = "ann@acme.example:corr3ct horse battery";
    String sent = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Authorization basic = Authorization.header("Authorization", Secret.of("Basic " + sent));
    assertThat(redacted("you sent " + sent, basic)).isEqualTo("you sent ***");
    assertThat(redacted("you are " + pair, basic)).isEqualTo("you are ***");
    assertThat(redacted("corr3ct%20horse+battery", basic)).isEqualTo("corr3ct%20horse+battery");
    assertThat(redacted("<corr3ct%20horse%20battery>", basic)).isEqualTo("<***>");
    assertThat(redacted("<corr3ct+horse+battery>", basic)).isEqualTo("<***>");
  }

  @Test
  void a_token_is_found_without_what_stands_around_it_in_its_header() {
    Authorization quoted =
        Authorization.header("Authorization", Secret.of("Token token=\"abc123def456\""));
    assertThat(redacted("abc123def456!", quoted)).isEqualTo("***!");
  }

  @Test
  void a_short_token_that_may_be_a_word_is_not_redacted() {
    Authorization word = Authorization.header("X-Api-Key", Secret.of("welcome"));
    assertThat(redacted("welcome back", word)).isEqualTo("welcome back");
    Authorization mixed = Authorization.header("X-Api-Key", Secret.of("k3y-of-x"));
    assertThat(redacted("k3y-of-x", mixed)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100 % &amp; more \\ & % \\u00 &#; &#x; %zz \\q &nosuch; %",
        "&&&&%%%%\\\\\\\\&#37;%25\\\\u0025",
        "{\"text\":\"ü \\u00fc \\ud83d\\ude00 \\n\"}",
        "%u0041 &#99999999; \\u12g4 &#x110000;"
      })
  void what_holds_no_secret_stays_byte_for_byte(String body) {
    assertThat(redacted(body, SECRET)).isEqualTo(body);
  }

  @Test
  void a_secret_with_escapes_of_its_own_is_found() {
    for (String secret : List.of("a%41b%2Bc", "x\\u0041y\\/z", "p&amp;q&#43;r")) {
      assertThat(redacted("<" + secret + ">", secret)).isEqualTo("<***>");
      assertThat(redacted("<" + percent(secret) + ">", secret)).isEqualTo("<***>");
      assertThat(redacted("%" + secret, secret)).isEqualTo("%***");
    }
  }

  @Test
  void what_is_nested_or_broken_ends_in_linear_time() {
    for (String piece :
        List.of("%", "&", "\\", "%25", "&amp;", "&#", "s/cr3t+key=", "%2", "aaaa")) {
      byte[] body = piece.repeat(4_000_000 / piece.length()).getBytes(StandardCharsets.UTF_8);
      HttpExchange.Answer answer = new HttpExchange.Answer(200, Map.of(), body);
      Authorization sent = Authorization.query("key", Secret.of("a".repeat(2_000) + SECRET));
      long began = System.nanoTime();
      assertThat(new SecretRedactor(sent).redact(answer).body()).isEqualTo(body);
      assertThat((System.nanoTime() - began) / 1_000_000).as(piece).isLessThan(20_000);
    }
  }

  /** Mixed at random: each character in a form of its own, some twice. */
  @Test
  void any_mixture_of_escapes_is_seen_through() {
    Random random = new Random(7);
    List<UnaryOperator<String>> single = new ArrayList<>();
    single.add(c -> c);
    single.add(SecretRedactorTest::percent);
    single.add(SecretRedactorTest::unicode);
    single.add(c -> "&#" + (int) c.charAt(0) + ";");
    single.add(c -> percent(percent(c)));
    single.add(c -> unicode(percent(c)));
    single.add(c -> percent(c).replace("%", "&#x25;"));
    String secret = "Zq7-key_of.the~API";
    for (int i = 0; i < 500; i++) {
      String written = each(secret, c -> single.get(random.nextInt(single.size())).apply(c));
      assertThat(redacted("<" + written + ">", secret)).as(written).isEqualTo("<***>");
    }
  }
}
