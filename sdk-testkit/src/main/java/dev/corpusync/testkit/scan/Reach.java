package dev.corpusync.testkit.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some classes and all others from the same jar or folder whose members they use, one after
 * another.
 */
public final class Reach {
  private final List<ClassFile> files = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();

  private Reach() {}

  public static Reach of(Collection<? extends Class<?>> roots) {
    Reach reach = new Reach();
    Set<String> met = new HashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Class<?> next = open.remove();
      if (met.add(next.getName())) {
        reach
            .read(next)
            .ifPresent(
                file -> {
                  reach.files.add(file);
                  reach.classes.add(next);
                  file.above().forEach(name -> neighbour(next, name).ifPresent(open::add));
                  file.uses().forEach(use -> neighbour(next, use.owner()).ifPresent(open::add));
                });
      }
    }
    return reach;
  }

  private Optional<ClassFile> read(Class<?> type) {
    String path = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getResourceAsStream(path)) {
      // What the JVM made while it ran has no file; what it calls is in the class that it is of.
      return bytes == null ? Optional.empty() : Optional.of(ClassFile.read(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(type + " cannot be read", e);
    }
  }

  private static Optional<Class<?>> neighbour(Class<?> from, String name) {
    if (name.startsWith("java.") || name.startsWith("[")) {
      return Optional.empty();
    }
    try {
      Class<?> other = Class.forName(name, false, from.getClassLoader());
      return source(other).isPresent() && source(other).equals(source(from))
          ? Optional.of(other)
          : Optional.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      // An optional dependency that is not there cannot be called either.
      return Optional.empty();
    }
  }

  private static Optional<String> source(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(Object::toString);
  }

  /** What was read. */
  public List<Class<?>> classes() {
    return List.copyOf(classes);
  }

  /** Each forbidden thing that any of them uses, as a sentence. */
  public List<String> uses(Forbidden forbidden) {
    List<String> found = new ArrayList<>();
    for (ClassFile file : files) {
      file.uses().stream()
          .filter(use -> forbidden.holds(use.owner(), use.member(), use.descriptor()))
          .map(use -> file.name() + " uses " + use)
          .forEach(found::add);
    }
    return found;
  }
}
