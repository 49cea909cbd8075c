package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Access;
import dev.corpusync.store.Store;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An answer as text, down to the last value: what two stores gave can be compared, and read. */
final class AnswerText {
  private static final Set<String> HIDING = Set.of("toBuilder", "hashCode", "toString");

  private AnswerText() {}

  static String of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(v -> "(" + of(v) + ")").orElse("absent");
    }
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put(of(k), of(v)));
      return sorted.toString();
    }
    if (value instanceof Set<?> set) {
      TreeSet<String> sorted = new TreeSet<>();
      set.forEach(v -> sorted.add(of(v)));
      return sorted.toString();
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(AnswerText::of).toList().toString();
    }
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof long[] longs) {
      return Arrays.toString(longs);
    }
    if (value instanceof Artifact a) {
      return "artifact "
          + a.ref()
          + " in "
          + a.parent()
          + " "
          + a.revision()
          + " "
          + text(a.payload().bytes())
          + " "
          + text(a.parts().encoded())
          + " "
          + of(a.access());
    }
    if (value instanceof Access access) {
      return access.mode() + " " + of(access.readers());
    }
    if (value instanceof Record) {
      return components(value);
    }
    return value != null && !(value instanceof Enum) && hasProperties(value)
        ? properties(value)
        : String.valueOf(value);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean hasProperties(Object value) {
    return Modifier.isFinal(value.getClass().getModifiers())
        && (value.getClass().getPackage() == Store.class.getPackage()
            || Arrays.stream(value.getClass().getMethods())
                .anyMatch(m -> m.getName().equals("toBuilder")));
  }

  private static String properties(Object value) {
    TreeMap<String, String> all = new TreeMap<>();
    for (Method method : value.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && method.getReturnType() != value.getClass()
          && !HIDING.contains(method.getName())) {
        all.put(method.getName(), of(ReflectiveCall.call(value, method)));
      }
    }
    return value.getClass().getSimpleName() + all;
  }

  private static String components(Object value) {
    StringBuilder all = new StringBuilder(value.getClass().getSimpleName()).append("{");
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      // many records hide their content from toString, so they are read part by part
      all.append(component.getName())
          .append('=')
          .append(of(ReflectiveCall.call(value, component.getAccessor())))
          .append("; ");
    }
    return all.append("}").toString();
  }
}
