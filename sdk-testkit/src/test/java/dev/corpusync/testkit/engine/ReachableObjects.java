package dev.corpusync.testkit.engine;

import dev.corpusync.testkit.auth.SecretScanner;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every object that can be reached through fields of our classes and of other libraries', through
 * captured variables of lambdas, arrays, and the containers of the JDK. Into other classes of the
 * JDK nobody may look.
 */
final class ReachableObjects {
  private final SecretScanner taint;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> next = new ArrayDeque<>();
  private final List<String> found = new ArrayList<>();

  private record Step(Object object, String path) {}

  private ReachableObjects(SecretScanner taint) {
    this.taint = taint;
  }

  /** Where tainted texts and bytes are, as paths of fields. */
  static List<String> tainted(SecretScanner taint, Object... roots) {
    ReachableObjects walk = new ReachableObjects(taint);
    for (Object root : roots) {
      walk.add(root, root.getClass().getSimpleName());
    }
    while (!walk.next.isEmpty()) {
      walk.look(walk.next.removeFirst());
    }
    return walk.found;
  }

  /** The static fields of all classes that lie where this one does. */
  static List<Object> statics(Class<?> neighbour) {
    List<Object> all = new ArrayList<>();
    for (Class<?> type : classes(neighbour)) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          Object value = value(field, null);
          if (value != null) {
            all.add(value);
          }
        }
      }
    }
    return all;
  }

  /** In a folder, or in a jar when the build has made one. */
  private static List<Class<?>> classes(Class<?> neighbour) {
    try {
      Path place = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return classes(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return classes(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new AssertionError("classes cannot be listed", e);
    }
  }

  private static List<Class<?>> classes(Path root) throws IOException, ClassNotFoundException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Class<?>> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
        if (!name.endsWith("-info.class")) {
          all.add(Class.forName(name.substring(0, name.length() - 6)));
        }
      }
      return all;
    }
  }

  private void add(@Nullable Object object, String path) {
    if (object != null && seen.add(object)) {
      next.addLast(new Step(object, path));
    }
  }

  private void look(Step at) {
    Object object = at.object();
    if (object instanceof CharSequence || object instanceof char[]) {
      String text = object instanceof char[] chars ? new String(chars) : object.toString();
      report(taint.in(text), at);
    } else if (object instanceof byte[] bytes) {
      report(taint.in(bytes), at);
    } else if (object.getClass().isArray()) {
      if (!object.getClass().getComponentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(object); i++) {
          add(Array.get(object, i), at.path() + "[]");
        }
      }
    } else if (isOfTheJdk(object.getClass())) {
      open(object, at.path());
    } else {
      fields(object, at.path());
    }
  }

  private void report(List<String> names, Step at) {
    names.forEach(name -> found.add(name + " at " + at.path()));
  }

  private void open(Object object, String path) {
    if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            add(key, path + ".key");
            add(value, path + ".value");
          });
    } else if (object instanceof Iterable<?> all && !(object instanceof Path)) {
      all.forEach(one -> add(one, path + ".each"));
    } else if (object instanceof Optional<?> one) {
      add(one.orElse(null), path);
    } else if (object instanceof AtomicReference<?> one) {
      add(one.get(), path);
    } else if (object instanceof Reference<?> one && !(one instanceof PhantomReference)) {
      add(one.get(), path);
    }
  }

  private void fields(Object object, String path) {
    for (Class<?> type = object.getClass();
        type != null && !isOfTheJdk(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          add(value(field, object), path + "." + field.getName());
        }
      }
    }
  }

  private static @Nullable Object value(Field field, @Nullable Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field + " cannot be read", e);
    }
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getModule().isNamed();
  }

  /** How many objects a walk meets, to know that it went anywhere. */
  static int count(Object... roots) {
    ReachableObjects walk = new ReachableObjects(new SecretScanner());
    for (Object root : roots) {
      walk.add(root, "");
    }
    while (!walk.next.isEmpty()) {
      walk.look(walk.next.removeFirst());
    }
    return walk.seen.size();
  }
}
