package dev.corpusync.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.InvalidIdentifierException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two different texts never become one: generated, with letters that separators are made of. */
class IdentifierTest {
  private static final String[] LETTERS = {
    "a", "b", "/", "%", "2", "F", "5", ":", ",", " ", "\u00e9", "\uFFFD", "\uD83D\uDE00"
  };
  private static final String[] REFUSED = {"\u0000", "\uD83D", "\uDE00"};
  private static final long SEED = 20_261_130;

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(most);
    while (text.length() < length || text.toString().isBlank()) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  @Test
  void nested_ids_come_back_and_no_two_pairs_have_one_text() {
    Random random = new Random(SEED);
    Map<String, NestedId> pairs = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      NestedId id = new NestedId(text(random, 5), text(random, 5));
      assertThat(NestedId.find(id.text())).as("seed %d", SEED).contains(id);
      assertThat(pairs.merge(id.text(), id, (a, b) -> a)).as("seed %d", SEED).isEqualTo(id);
    }
  }

  @Test
  void simple_nested_ids_read_as_they_always_did() {
    assertThat(new NestedId("acme", "12").text()).isEqualTo("acme/12");
    assertThat(new NestedId("acme", "hr/salaries").text()).isEqualTo("acme/hr/salaries");
    assertThat(new NestedId("acme/hr", "salaries").text()).isEqualTo("acme%2Fhr/salaries");
    assertThat(new NestedId("100%", "a%2F").text()).isEqualTo("100%25/a%2F");
    assertThat(new NestedId(new NestedId("a/b", "c").text(), "d").text())
        .isEqualTo("a%252Fb%2Fc/d");
    for (String other : List.of("", "a", "/a", "a/", " /a", "a%/b", "a%2f/b", "%2/b")) {
      assertThat(NestedId.find(other)).as(other).isEmpty();
    }
  }

  @Test
  void refs_and_principals_come_back_from_their_text() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      Ref ref = Kind.of("page").ref(text(random, 9));
      assertThat(Ref.parse(ref.toString())).isEqualTo(ref);
      Principal principal = Principal.group(text(random, 9));
      assertThat(Principal.parse(principal.toString())).isEqualTo(principal);
      assertThat(principal.realm()).isEmpty();
      Realm realm = Realm.ofConnection(text(random, 9));
      Principal there = principal.in(realm);
      assertThat(there.realm()).contains(realm);
      assertThat(Principal.parse(there.toString())).isEqualTo(there).isNotEqualTo(principal);
      assertThat(there.in(Realm.shared("other"))).isEqualTo(there);
    }
  }

  @Test
  void no_two_realms_and_ids_are_one_principal() {
    Random random = new Random(SEED);
    Map<String, List<String>> principals = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      List<String> pair = List.of(text(random, 4), text(random, 4));
      String principal = Principal.user(pair.get(1)).in(Realm.ofConnection(pair.get(0))).toString();
      assertThat(principals.merge(principal, pair, (a, b) -> a)).isEqualTo(pair);
    }
    assertThat(Realm.shared("x")).isNotEqualTo(Realm.ofConnection("x"));
    assertThatThrownBy(() -> Realm.shared("connection/x"))
        .isInstanceOf(IllegalArgumentException.class);
    for (Principal wide :
        List.of(Principal.anyone(), Principal.organisation(), Principal.email("a@b.example"))) {
      assertThat(wide.in(Realm.shared("x"))).isEqualTo(wide);
      assertThat(wide.realm()).isEmpty();
    }
    for (String odd :
        List.of("email@x:a", "group@:7", "group@a/b:7", "user@connection/x:", "@x:7")) {
      assertThatThrownBy(() -> Principal.parse(odd)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void lists_of_texts_have_one_hash_only_where_they_are_equal() {
    Random random = new Random(SEED);
    Map<String, List<String>> hashes = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      List<String> texts = new ArrayList<>();
      int size = random.nextInt(4);
      for (int n = 0; n < size; n++) {
        boolean odd = random.nextInt(5) == 0;
        texts.add(odd ? REFUSED[random.nextInt(REFUSED.length)] : text(random, 3));
      }
      assertThat(hashes.merge(Hash.of(texts), texts, (a, b) -> a)).isEqualTo(texts);
    }
  }

  @Test
  void what_no_store_can_keep_is_refused_and_never_quoted() {
    for (String odd : REFUSED) {
      for (String text : List.of(odd, "secret" + odd, odd + "secret", "se" + odd + "cret")) {
        assertThat(Identifier.isId(text)).isFalse();
        assertThatThrownBy(() -> Kind.of("page").ref(text))
            .isInstanceOf(InvalidIdentifierException.class)
            .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Principal.user(text))
            .isInstanceOf(InvalidIdentifierException.class);
        assertThatThrownBy(() -> new Chunk(text, "x"))
            .isInstanceOf(InvalidIdentifierException.class);
      }
    }
  }

  @Test
  void the_limit_counts_bytes_of_utf_8() {
    for (String letter : List.of("a", "\u00e9", "\u20ac", "\uD83D\uDE00")) {
      int bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      String longest = letter.repeat(Identifier.LONGEST_ID / bytes);
      assertThat(Identifier.id("a page", longest)).isEqualTo(longest);
      assertThatThrownBy(() -> Identifier.id("a page", longest + letter))
          .isInstanceOf(InvalidIdentifierException.class)
          .hasMessageContaining("at most 1024");
      assertThatThrownBy(() -> Document.titled("t").chunk(longest + letter, "x"))
          .isInstanceOf(InvalidIdentifierException.class);
      assertThatThrownBy(() -> Principal.group(longest + letter))
          .isInstanceOf(InvalidIdentifierException.class);
    }
  }

  @Test
  void two_refused_ids_have_two_fingerprints() {
    assertThat(
            List.of("a\u0000", "a\uD800", "a\uDC00", "a\uD801", "a?", "a\uFFFD").stream()
                .map(Identifier::fingerprint)
                .distinct())
        .hasSize(6)
        .allMatch(Identifier::isId);
  }
}
