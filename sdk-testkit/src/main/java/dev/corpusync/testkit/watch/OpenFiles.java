package dev.corpusync.testkit.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files that were opened since and are open still. Known on Linux; elsewhere always none. */
public final class OpenFiles {
  private static final Path HANDLES = Path.of("/proc/self/fd");

  /** What the JVM itself opens: classes, libraries, devices, and its own kind of handles. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "/(?:proc|sys|dev)/.*|.*\\.(?:jar|so|jmod)(?:\\.\\d+)*|.*/lib/modules|[^/].*");

  private final Set<String> before = open();

  private OpenFiles() {}

  public static OpenFiles now() {
    return new OpenFiles();
  }

  public List<String> since() {
    Set<String> now = new TreeSet<>(open());
    now.removeAll(before);
    return List.copyOf(now);
  }

  private static Set<String> open() {
    if (!Files.isDirectory(HANDLES)) {
      return Set.of();
    }
    Set<String> files = new HashSet<>();
    try (Stream<Path> handles = Files.list(HANDLES)) {
      handles
          .flatMap(handle -> target(handle).stream())
          .filter(path -> !OF_THE_JVM.matcher(path).matches())
          .forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the open files of this process cannot be listed", e);
    }
    return files;
  }

  private static Optional<String> target(Path handle) {
    try {
      return Optional.of(Files.readSymbolicLink(handle).toString());
    } catch (NoSuchFileException e) {
      // Closed meanwhile.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("an open file of this process cannot be named", e);
    }
  }
}
