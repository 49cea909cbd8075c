package dev.corpusync.signatures;

import dev.corpusync.annotation.Experimental;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the public API of an artifact from its classes, as text: the module, then each public type
 * of the exported packages with its public and protected members, one line each, sorted.
 */
final class Signatures {
  private static final Set<String> OF_OBJECT = Set.of("equals(Object)", "hashCode()", "toString()");
  private static final Set<String> OF_ENUM = Set.of("values()", "valueOf(String)");

  private Signatures() {}

  /** Reads the artifact, a folder or a jar, that a class comes from. */
  static List<String> ofArtifactWith(Class<?> one) {
    try {
      Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return ofArtifact(place, one.getClassLoader());
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return ofArtifact(jar.getPath("/"), one.getClassLoader());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> ofArtifact(Path root, ClassLoader loader) throws IOException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    List<String> lines = new ArrayList<>();
    lines.add("module " + module.name());
    module.requires().stream()
        .filter(r -> r.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
        .map(r -> "  requires transitive " + r.name())
        .sorted()
        .forEach(lines::add);
    for (String exported : exported(module)) {
      lines.add("  exports " + exported);
      for (Class<?> type : types(root, exported, loader)) {
        lines.addAll(ofType(type));
      }
    }
    return lines;
  }

  private static List<String> exported(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(e -> !e.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .sorted()
        .toList();
  }

  private static List<Class<?>> types(Path root, String exported, ClassLoader loader)
      throws IOException {
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(exported.replace('.', '/')))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type = load(exported + "." + name.replace(".class", ""), loader);
          if (isSeen(type)) {
            found.add(type);
          }
        }
      }
    }
    return found;
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The line of a type, then those of its members. */
  static List<String> ofType(Class<?> type) {
    Set<String> members = new TreeSet<>();
    // A public class shows what its package-private superclasses have.
    for (Class<?> c = type; c != null && (c == type || !isSeen(c)); c = c.getSuperclass()) {
      add(c, c == type, members);
    }
    List<String> lines = new ArrayList<>();
    lines.add(header(type));
    members.forEach(m -> lines.add("  " + m));
    return lines;
  }

  private static void add(Class<?> type, boolean constructors, Set<String> members) {
    for (Field field : type.getDeclaredFields()) {
      if (isSeen(field)) {
        members.add(line(field, field.getAnnotatedType(), field.getName()));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      String call = call(method.getName(), method);
      if (isSeen(method)
          && !OF_OBJECT.contains(call)
          && !(type.isEnum() && OF_ENUM.contains(call))) {
        members.add(
            variables(method.getTypeParameters())
                + line(method, method.getAnnotatedReturnType(), call)
                + thrown(method));
      }
    }
    for (Constructor<?> made :
        constructors ? type.getDeclaredConstructors() : new Constructor<?>[0]) {
      if (isSeen(made)) {
        members.add(
            experimental(made)
                + Modifier.toString(made.getModifiers())
                + " "
                + call(type.getSimpleName(), made)
                + thrown(made));
      }
    }
  }

  private static String header(Class<?> type) {
    StringBuilder line = new StringBuilder(experimental(type));
    int modifiers = type.getModifiers() & ~Modifier.INTERFACE & ~Modifier.STRICT;
    boolean closed = type.isEnum() || type.isRecord();
    if (closed) {
      modifiers &= ~Modifier.FINAL & ~Modifier.STATIC;
    }
    if (type.isInterface()) {
      modifiers &= ~Modifier.ABSTRACT & ~Modifier.STATIC;
    }
    line.append(Modifier.toString(modifiers)).append(' ');
    if (type.isSealed() && !type.isEnum()) {
      line.append("sealed ");
    }
    line.append(kind(type)).append(' ').append(type.getName());
    line.append(variables(type.getTypeParameters()).strip());
    if (!closed && !type.isInterface()) {
      parent(type).ifPresent(parent -> line.append(" extends ").append(name(parent)));
    }
    if (type.getGenericInterfaces().length > 0) {
      line.append(type.isInterface() ? " extends " : " implements ")
          .append(names(type.getGenericInterfaces()));
    }
    if (type.isSealed() && !type.isEnum()) {
      line.append(" permits ").append(names(type.getPermittedSubclasses()));
    }
    return line.toString();
  }

  /** The nearest superclass that callers see, other than Object. */
  private static Optional<Type> parent(Class<?> type) {
    Class<?> below = type;
    while (below.getSuperclass() != null && !isSeen(below.getSuperclass())) {
      below = below.getSuperclass();
    }
    return Optional.ofNullable(below.getGenericSuperclass()).filter(p -> p != Object.class);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    return type.isInterface()
        ? "interface"
        : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static <M extends Member & AnnotatedElement> String line(
      M member, AnnotatedType type, String name) {
    int modifiers = member.getModifiers();
    if (member instanceof Method) {
      modifiers &= Modifier.methodModifiers() & ~Modifier.SYNCHRONIZED & ~Modifier.NATIVE;
    } else {
      modifiers &= ~Modifier.TRANSIENT & ~Modifier.VOLATILE;
    }
    String def = member instanceof Method m && m.isDefault() ? "default " : "";
    return experimental(member)
        + Modifier.toString(modifiers)
        + " "
        + def
        + annotated(type)
        + " "
        + name;
  }

  private static String call(String name, Executable of) {
    return name
        + Arrays.stream(of.getAnnotatedParameterTypes())
            .map(Signatures::annotated)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String thrown(Executable of) {
    return of.getExceptionTypes().length == 0
        ? ""
        : " throws " + names(of.getGenericExceptionTypes());
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(Signatures::variable)
            .collect(Collectors.joining(", ", "<", "> "));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getBounds())
            .filter(b -> b != Object.class)
            .map(Signatures::name)
            .collect(Collectors.joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String annotated(AnnotatedType type) {
    return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + name(type.getType());
  }

  private static String names(Type[] types) {
    return Arrays.stream(types).map(Signatures::name).sorted().collect(Collectors.joining(", "));
  }

  /** Without the packages that every reader knows. */
  private static String name(Type type) {
    return type.getTypeName()
        .replaceAll("\\bjava\\.(lang|util|util\\.function|time)\\.(?=[A-Z])", "");
  }

  private static String experimental(AnnotatedElement element) {
    return element.isAnnotationPresent(Experimental.class) ? "@Experimental " : "";
  }

  private static boolean isSeen(Class<?> type) {
    return isSeen(type.getModifiers())
        && !type.isSynthetic()
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (type.getDeclaringClass() == null || isSeen(type.getDeclaringClass()));
  }

  private static boolean isSeen(Member member) {
    return isSeen(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
