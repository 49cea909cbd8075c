package dev.corpusync.cite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CitationResolverTest {
  @Test
  void only_pages_on_the_web_are_opened() {
    for (String page : List.of("https://a.example/1", "http://a.example:8080/x?y=1#z")) {
      assertThat(CitationResolver.opens(URI.create(page))).as(page).isTrue();
      assertThat(given(page)).as(page).isPresent();
    }
    for (String other :
        List.of(
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example/1",
            "/tickets/1",
            "file:///etc/passwd",
            "https:///1",
            "https://ada:secret@a.example/1")) {
      assertThat(CitationResolver.opens(URI.create(other))).as(other).isFalse();
      assertThat(given(other)).as(other).isEmpty();
    }
  }

  private static Optional<URI> given(String link) {
    String json = "{\"url\":\"" + link + "\"}";
    return CitationResolver.given(Json.of(JsonMapper.builder().build().readTree(json)), "url");
  }
}
