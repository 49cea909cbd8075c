package dev.corpusync.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    assertThat(LinkHeader.find(List.of(header.formatted(NEXT)), "next")).contains(NEXT);
  }

  @Test
  void looks_through_every_header() {
    assertThat(LinkHeader.find(List.of("<https://a>; rel=prev", "<https://b>; rel=next"), "next"))
        .contains("https://b");
  }

  @Test
  void the_first_relation_of_a_link_counts() {
    assertThat(LinkHeader.find(List.of("<https://a>; rel=prev; rel=next"), "next")).isEmpty();
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
    assertThat(LinkHeader.find(List.of(header), "next")).isEmpty();
  }
}
