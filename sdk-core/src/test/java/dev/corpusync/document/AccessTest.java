package dev.corpusync.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** P5: what is not known widens nothing. */
class AccessTest {
  private static final Map<String, Principal> WIDE =
      Map.of("all", Principal.organisation(), "web", Principal.anyone());
  private static final Set<Principal> CONTAINER =
      Set.of(Principal.user("ann"), Principal.group("g"));

  @Test
  void known_is_exactly_those_named() {
    Access access = Access.known(List.of("ann", "bob"), name -> Optional.of(Principal.user(name)));

    assertThat(access.effective(Optional.of(CONTAINER)))
        .containsExactly(Principal.user("ann"), Principal.user("bob"));
  }

  @Test
  void nobody_named_is_nobody() {
    assertThat(Access.known(List.of()).effective(Optional.of(CONTAINER))).isEmpty();
  }

  @Test
  void one_entry_that_names_nobody_makes_all_of_it_unknown() {
    Access access =
        Access.known(
            List.of("all", "new-scope"), scope -> Principal.fromTable(Optional.of(scope), WIDE));

    assertThat(access.mode()).isEqualTo(Access.Mode.UNKNOWN);
    assertThat(access.effective(Optional.of(CONTAINER))).isEmpty();
  }

  @Test
  void unknown_is_nobody_whatever_the_container_says() {
    assertThat(Access.unknown("403").effective(Optional.of(CONTAINER))).isEmpty();
  }

  @Test
  void inherited_is_nobody_while_the_container_is_unknown() {
    Access more = Access.inheritedAnd(List.of("bob"), name -> Optional.of(Principal.user(name)));

    assertThat(Access.inherited().effective(Optional.empty())).isEmpty();
    assertThat(Access.inherited().effective(Optional.of(CONTAINER))).isEqualTo(CONTAINER);
    assertThat(more.effective(Optional.empty())).containsExactly(Principal.user("bob"));
    assertThat(more.effective(Optional.of(CONTAINER)))
        .containsAll(CONTAINER)
        .contains(Principal.user("bob"));
  }

  @Test
  void a_wide_grant_comes_from_a_table_only() {
    assertThat(Principal.fromTable(Optional.of("web"), WIDE)).contains(Principal.anyone());
    assertThat(Principal.fromTable(Optional.of("Web"), WIDE)).isEmpty();
    assertThat(Principal.fromTable(Optional.empty(), WIDE)).isEmpty();
    assertThat(
            Access.known(List.of("web"), v -> Principal.fromTable(Optional.of(v), WIDE)).readers())
        .containsExactly(Principal.anyone());
    assertThatThrownBy(() -> Access.known(List.of("x"), v -> Optional.of(Principal.anyone())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fromTable");
    assertThatThrownBy(() -> Access.known(List.of(Principal.organisation())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Access.inheritedAnd(List.of("x"), v -> Optional.of(Principal.organisation())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_whole_connection_needs_a_reason() {
    assertThat(Access.wholeConnection("one inbox for all").readers())
        .containsExactly(Principal.organisation());
    assertThatThrownBy(() -> Access.wholeConnection(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void people_are_not_for_logs() {
    assertThat(Access.known(List.of(Principal.email("ann@example.com"))).toString())
        .isEqualTo("KNOWN(1)");
  }

  @Test
  void principals_are_told_apart_by_kind_and_read_back() {
    for (Principal one :
        List.of(
            Principal.user("a:b"),
            Principal.email("A@x"),
            Principal.group("g"),
            Principal.domain("X.org"),
            Principal.anyone())) {
      assertThat(Principal.parse(one.toString())).isEqualTo(one);
    }
    assertThat(Principal.email("A@X")).isEqualTo(Principal.email("a@x"));
    assertThat(Principal.user("A")).isNotEqualTo(Principal.user("a"));
    assertThat(Principal.user("g")).isNotEqualTo(Principal.group("g"));
    assertThatThrownBy(() -> Principal.user(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Principal.parse("everyone"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
