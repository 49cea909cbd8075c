package dev.corpusync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P11: credentials are sent to the scheme, host and port of the base URL, and nowhere else. */
class OriginTest {
  private static final Origin API = new Origin(URI.create("https://api.example/v2/"));

  @Test
  void a_path_is_below_the_base_url() {
    assertThat(API.resolve(Call.get("/issues").query("page", 2)).toString())
        .isEqualTo("https://api.example/v2/issues?page=2");
  }

  @Test
  void a_link_within_the_origin_is_followed() {
    assertThat(API.resolve(Call.follow("https://api.example/v3/issues?page=2")).toString())
        .isEqualTo("https://api.example/v3/issues?page=2");
    assertThat(API.resolve(Call.follow("https://api.example:443/x")).port()).isEqualTo(443);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example/x",
        "https://api.example:8443/x",
        "https://api.example.evil.example/x",
        "https://evil.example/https://api.example/x",
        "https://api.example@evil.example/x",
        "https://evil.example\\@api.example/x",
        "//evil.example/x"
      })
  void a_link_to_another_origin_is_refused(String link) {
    assertThatThrownBy(() -> API.resolve(Call.follow(link)))
        .isInstanceOf(RequestRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://evil.example/x", "javascript:alert(1)", "evil.example/x"})
  void a_link_that_is_no_http_address_is_a_path_below_the_base_url(String link) {
    assertThat(API.resolve(Call.follow(link)).toString()).startsWith("https://api.example/v2/");
  }

  @Test
  void a_redirect_is_held_to_the_same_rule() {
    Call call = Call.get("/issues");
    assertThat(API.redirect(call, API.resolve(call), "/v2/tickets").toString())
        .isEqualTo("https://api.example/v2/tickets");
    assertThatThrownBy(() -> API.redirect(call, API.resolve(call), "https://evil.example/"))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("evil.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://api.example",
        "https:///issues",
        "api.example",
        "https://ann:secret@api.example",
        "https://api.example?x=1",
        "https://api.example#x"
      })
  void a_base_url_that_is_more_or_less_than_an_address_is_refused(String base) {
    assertThatThrownBy(() -> new Origin(URI.create(base)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("base URL");
  }
}
