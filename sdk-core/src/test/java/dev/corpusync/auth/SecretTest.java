package dev.corpusync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.corpusync.vault.SealingKey;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What holds a secret gives nothing of it away when it is printed, serialised or inspected. */
class SecretTest {
  private static final String VALUE = "canary-of-a-secret-5f1d";
  private static final Secret SECRET = Secret.of(VALUE);

  static Stream<Object> holders() {
    return Stream.of(
        SECRET,
        List.of(SECRET),
        Map.of("a", SECRET),
        Authorization.bearer(SECRET),
        Authorization.query("key", SECRET),
        new TokenEndpoint.Field("code", SECRET),
        new TokenEndpoint.Answer(
            200, "text/plain", VALUE.getBytes(StandardCharsets.UTF_8), Optional.empty()),
        JwtSigner.hs256(SECRET),
        JwtSigner.hs256(SECRET).keyId("k"),
        SealingKey.of(
            "k", (VALUE + "-000000000").substring(0, 32).getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("holders")
  void a_serialiser_that_reads_private_fields_gets_nothing(Object holder) {
    JsonMapper reader =
        JsonMapper.builder()
            .changeDefaultVisibility(v -> v.with(Visibility.ANY))
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();
    String json;
    try {
      json = reader.writeValueAsString(holder);
    } catch (tools.jackson.core.JacksonException e) {
      json = String.valueOf(e.getMessage());
    }
    assertNothing(json);
  }

  @ParameterizedTest
  @MethodSource("holders")
  void java_serialisation_is_refused(Object holder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      assertThatThrownBy(() -> out.writeObject(holder))
          .isInstanceOf(NotSerializableException.class);
    }
    assertNothing(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  /** As Gson and debuggers do: every field, also private and transient ones. */
  @ParameterizedTest
  @MethodSource("holders")
  void a_walk_over_all_fields_finds_nothing(Object holder) throws Exception {
    if (holder instanceof TokenEndpoint.Answer) {
      return; // its body is what a serialiser leaves out: it is read once, and dropped
    }
    Deque<Object> open = new ArrayDeque<>(List.of(holder));
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    int looked = 0;
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (!seen.add(next)) {
        continue;
      }
      looked++;
      if (next instanceof byte[] bytes) {
        assertNothing(new String(bytes, StandardCharsets.ISO_8859_1));
      } else if (next instanceof Map<?, ?> map) {
        map.forEach(
            (key, value) -> {
              open.push(key);
              open.push(value);
            });
      } else if (next instanceof Iterable<?> all) {
        all.forEach(open::push);
      } else if (next instanceof Optional<?> one) {
        one.ifPresent(open::push);
      } else if (next.getClass().isArray() && !next.getClass().getComponentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(next); i++) {
          open.push(Array.get(next, i));
        }
      } else if (next.getClass().getModule().equals(Object.class.getModule())) {
        assertNothing(String.valueOf(next));
      } else {
        for (Field field : next.getClass().getDeclaredFields()) {
          field.setAccessible(true);
          if (!Modifier.isStatic(field.getModifiers()) && field.get(next) != null) {
            open.push(field.get(next));
          }
        }
      }
    }
    assertThat(looked).isPositive();
  }

  @ParameterizedTest
  @MethodSource("holders")
  void nothing_is_printed(Object holder) {
    assertNothing(holder + " " + String.format("%s", holder));
  }

  @Test
  void a_secret_is_revealed_as_it_was_given_and_equals_nothing_else() {
    for (String value : List.of("", "a", "ü 😀", "x".repeat(10_000))) {
      assertThat(Secret.of(value).reveal()).isEqualTo(value);
    }
    assertThat(Secret.of(VALUE)).isNotEqualTo(Secret.of(VALUE));
    assertThat(SECRET.hashCode()).isEqualTo(System.identityHashCode(SECRET));
  }

  private static void assertNothing(String text) {
    byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
    assertThat(text)
        .doesNotContain("canary")
        .doesNotContain(Base64.getEncoder().encodeToString(bytes).substring(4, 20));
  }
}
