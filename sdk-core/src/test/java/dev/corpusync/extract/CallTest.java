package dev.corpusync.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  private static final URI BASE = URI.create("https://api.example.com/v2");

  @Test
  void an_argument_is_one_segment_whatever_it_holds() {
    assertThat(uri(Call.get("/things/{}/parts/{}", "a/b?c=d#e f+g%", "é")))
        .isEqualTo("https://api.example.com/v2/things/a%2Fb%3Fc%3Dd%23e%20f%2Bg%25/parts/%C3%A9");
  }

  @Test
  void an_argument_that_looks_like_a_placeholder_is_not_filled() {
    assertThat(uri(Call.get("/a/{}/{}", "{}", "x")))
        .isEqualTo("https://api.example.com/v2/a/%7B%7D/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void an_argument_cannot_climb_out_of_its_folder(String segment) {
    assertThatThrownBy(() -> Call.get("/things/{}/parts", segment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void query_values_are_encoded_and_a_name_is_replaced() {
    Call call = Call.get("/things").query("q", "a b&c=d+é").query("page", 1).query("page", 2);

    assertThat(uri(call))
        .isEqualTo("https://api.example.com/v2/things?q=a+b%26c%3Dd%2B%C3%A9&page=2");
  }

  @Test
  void a_query_is_added_to_one_that_is_there() {
    assertThat(uri(Call.get("/things?state=all").query("page", 2)))
        .endsWith("/things?state=all&page=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/{}", "/a/{}/{}/{}"})
  void the_number_of_arguments_must_fit(String path) {
    assertThatThrownBy(() -> Call.get(path, 1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_path_starts_with_a_slash() {
    assertThatThrownBy(() -> Call.get("things")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_link_is_followed_as_it_is() {
    assertThat(uri(Call.follow("https://api.example.com/other?c=a%2Bb&n=")))
        .isEqualTo("https://api.example.com/other?c=a%2Bb&n=");
  }

  @Test
  void a_link_without_a_host_is_below_the_host_and_not_below_the_base() {
    assertThat(uri(Call.follow("/v2/things?page=2")))
        .isEqualTo("https://api.example.com/v2/things?page=2");
  }

  @Test
  void a_call_is_a_value() {
    Call first = Call.get("/things");
    Call second = first.query("page", 2).header("X-A", "1");

    assertThat(uri(first)).isEqualTo("https://api.example.com/v2/things");
    assertThat(first.headers()).isEmpty();
    assertThat(second.headers()).containsEntry("X-A", "1");
    assertThat(second.key())
        .isEqualTo(Call.get("/things").query("page", 2).key())
        .isNotEqualTo(first.key());
  }

  @Test
  void calls_that_read_alike_have_two_keys() {
    java.util.List<Call> alike =
        java.util.List.of(
            Call.get("/a").query("b", "c"),
            Call.get("/a {b=c}"),
            Call.get("/a").query("b", "c, d=e"),
            Call.get("/a").query("b", "c").query("d", "e"),
            Call.get("/a").query("b=c, d", "e"));
    assertThat(alike.stream().map(Call::key).distinct()).hasSize(alike.size());
  }

  @Test
  void a_graphql_variable_does_not_change_the_first_call() {
    Call first = Call.graphql("/graphql", "query($a: String) {}", Map.of("n", 5));
    Call second = first.variable("after", "c2");

    assertThat(first.body().orElseThrow().path("variables").has("after")).isFalse();
    assertThat(second.body().orElseThrow().path("variables").path("after").stringValue())
        .isEqualTo("c2");
    assertThat(second.body().orElseThrow().path("variables").path("n").intValue()).isEqualTo(5);
  }

  @Test
  void paging_sets_a_variable_of_a_query_a_field_of_a_post_and_a_parameter_of_a_get() {
    Call graph = Call.graphql("/v2", "query Things($page: Int) { things { id } }", Map.of());
    Call third = Paging.numbered("page", 1).at(graph, "3");
    Call some = graph.variable("ids", java.util.List.of("1", "2"));

    assertThat(third.body().orElseThrow().at("/variables/page").isIntegralNumber()).isTrue();
    assertThat(third.body().orElseThrow().at("/variables/page").intValue()).isEqualTo(3);
    assertThat(some.body().orElseThrow().at("/variables/ids/1").stringValue()).isEqualTo("2");
    assertThat(uri(third)).isEqualTo("https://api.example.com/v2/v2");
    assertThat(uri(Paging.numbered("page", 1).at(Call.get("/things"), "3")))
        .isEqualTo("https://api.example.com/v2/things?page=3");
    Call search = Call.post("/search").body(graph.body().orElseThrow());
    Call second = Paging.cursor("cursor", "next").at(search, "c+2");
    assertThat(second.body().orElseThrow().path("cursor").stringValue()).isEqualTo("c+2");
    assertThat(search.body().orElseThrow().has("cursor")).isFalse();
    assertThat(uri(second)).isEqualTo("https://api.example.com/v2/search");
    assertThat(third).hasToString("POST /v2 (Things)");
    assertThat(Call.graphql("/v2", "{ things { id } }", Map.of())).hasToString("POST /v2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/things/secret?token=secret",
        "/things/secret",
        "https://api.example.com/things/secret|{x}",
        "https://api.example.com/things/secret%zz"
      })
  void its_text_shows_neither_ids_nor_the_query(String link) {
    assertThat(Call.follow(link).toString()).isEqualTo("GET (a link)");
    Call first = Call.get("/things/{}", "secret").query("q", "secret");
    assertThat(Paging.link().at(first, link)).hasToString("GET /things/{} (a link)");
    assertThat(Paging.link().at(Paging.link().at(first, link), link))
        .hasToString("GET /things/{} (a link)");
  }

  @ParameterizedTest
  @CsvSource({
    "/{}, /{}",
    "/things/{}/comments, /things/{}/comments",
    "/v2/repos/{}:{}/issues, /v2/repos/…/issues",
    "/rest/api/3/search, /rest/api/3/search",
    "/files/{}.json, /files/{}.json",
    "/things?id={}, /things"
  })
  void its_text_is_the_path_as_written(String path, String shown) {
    Object[] ids =
        path.contains("{}:{}") ? new Object[] {"secret-1", "s"} : new Object[] {"secret-1"};
    assertThat(Call.get(path, path.contains("{}") ? ids : new Object[0]))
        .hasToString("GET " + shown);
    assertThat(Call.post(path, path.contains("{}") ? ids : new Object[0]).query("q", "secret"))
        .hasToString("POST " + shown);
  }

  @Test
  void an_id_that_an_author_put_into_the_path_is_not_shown() {
    assertThat(Call.get("/u81f3")).hasToString("GET /…");
    assertThat(Call.get("/users/5f1d-88/items")).hasToString("GET /users/…/items");
    assertThat(Call.get("/users/ann@acme.example")).hasToString("GET /users/…");
  }

  @Test
  void a_link_that_is_only_a_query_belongs_to_the_listing_s_path() {
    Call first = Call.get("/things/{}", 7).query("limit", 5).header("X-A", "1");
    Call next = Paging.link().at(first, "?page=2");

    assertThat(uri(next)).isEqualTo("https://api.example.com/v2/things/7?page=2");
    assertThat(next.headers()).containsEntry("X-A", "1");
  }

  private static String uri(Call call) {
    return call.uri(BASE).toString();
  }
}
