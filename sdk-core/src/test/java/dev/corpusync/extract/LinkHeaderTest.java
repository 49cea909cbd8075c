package dev.corpusync.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.corpusync.error.MalformedReplyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {
  private static final String NEXT = "https://api.example.com/things?page=2,3&x=a;b";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<%s>; rel=\"next\"",
        "<%s>;rel=next",
        "<%s> ; REL = \"Next\"",
        "<%s>; rel=\"prev next\"",
        "<%s>; title=\"a, <b>; rel=prev\"; rel=next",
        "<%s>; title=\"a \\\" ; rel=prev\"; rel=next",
        "<https://a>; rel=\"first\", <%s>; rel=\"next\", <https://z>; rel=\"last\"",
        "<https://a>; title=\"; rel=next\"; rel=prev, <%s>; rel=next",
        "<https://a>; anchor, <%s>; type=\"x\"; rel=\"next\""
      })
  void finds_the_relation_wherever_it_stands(String header) {
    assertThat(LinkHeader.find("GET /things", List.of(header.formatted(NEXT)), "next"))
        .contains(NEXT);
  }

  @Test
  void looks_through_every_header() {
    assertThat(
            LinkHeader.find(
                "GET /things", List.of("<https://a>; rel=prev", "<https://b>; rel=next"), "next"))
        .contains("https://b");
  }

  @Test
  void the_first_relation_of_a_link_counts() {
    assertThat(LinkHeader.find("GET /things", List.of("<https://a>; rel=prev; rel=next"), "next"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "<https://a>",
        "<https://a>; rel=\"nextish\"",
        "<https://a>; rev=next",
        "<https://a>; title=\"rel=next\"",
        "<https://a; rel=next"
      })
  void finds_nothing_where_there_is_nothing(String header) {
    assertThat(LinkHeader.find("GET /things", List.of(header), "next")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<a>",
        "<a>;",
        "<a>; x",
        "<a>;x=\"",
        "<a>;x=\"\\",
        ";x=\"y\"",
        "; ;",
        "\"",
        " ",
        "<a>;x=\"\\\"",
        ";x=y",
        "<a>; rel=x,",
        "=",
        "<a> ",
        ">"
      })
  void a_header_of_any_form_is_read_in_time_that_grows_with_its_length(String repeated) {
    String header = "<https://a>" + repeated.repeat(60_000 / repeated.length());
    // A hundred times: a reader that looks back would need minutes for one.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 100; i++) {
            try {
              assertThat(LinkHeader.find("GET /things", List.of(header), "next")).isEmpty();
            } catch (MalformedReplyException e) {
              assertThat(e).hasMessageContaining("1000 links");
            }
          }
        });
  }

  @Test
  void a_header_of_a_thousand_parameters_needs_no_stack() throws InterruptedException {
    String header = "<https://a>" + "; x=\"y\"".repeat(7_000) + "; rel=next";
    AtomicReference<Object> found = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> found.set(LinkHeader.find("GET /things", List.of(header), "next").orElse("")),
            "small",
            160 << 10);
    small.start();
    small.join();
    assertThat(found.get()).isEqualTo("https://a");
  }

  @Test
  void headers_that_are_too_long_to_be_read_are_no_end_of_the_listing() {
    for (List<String> headers :
        List.of(
            List.of("<https://a>; title=" + "x".repeat(120_000) + "; rel=next"),
            java.util.Collections.nCopies(2_000, "<https://abcdefghijklmnopq>; rel=\"x\""),
            List.of("<a>; rel=x,".repeat(1_001)))) {
      assertThatThrownBy(() -> LinkHeader.find("GET /things", headers, "next"))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("GET /things")
          .hasMessageContaining("whether a page follows is not known");
    }
  }
}
