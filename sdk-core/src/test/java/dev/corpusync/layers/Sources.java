package dev.corpusync.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no class file tells: the length of files, and what packages say of themselves. */
final class Sources {
  static final int LONGEST = 400;
  private static final Pattern SENTENCE =
      Pattern.compile(
          "\\A/\\*\\*\\s+(\\S(?:[^.]|\\.(?=\\S))*\\.)\\s+\\*/\\s+@NullMarked\\s", Pattern.DOTALL);

  private Sources() {}

  /** Files with more than {@link #LONGEST} lines. */
  static List<String> tooLong(Path root) {
    return java(root)
        .filter(file -> lines(file).size() > LONGEST)
        .map(file -> root.relativize(file) + " has " + lines(file).size() + " lines")
        .toList();
  }

  /** Packages without a package-info of one sentence. */
  static List<String> unexplained(Path root) {
    return java(root)
        // Its folder holds packages and is none.
        .filter(file -> !file.endsWith("module-info.java"))
        .map(Path::getParent)
        .distinct()
        .filter(folder -> !isExplained(folder.resolve("package-info.java")))
        .map(folder -> root.relativize(folder) + " does not say in one sentence what it is")
        .toList();
  }

  private static boolean isExplained(Path info) {
    return Files.exists(info) && sentence(String.join("\n", lines(info))).find();
  }

  private static Matcher sentence(String source) {
    return SENTENCE.matcher(source);
  }

  /** The repository's folder, whichever module the build was started in. */
  static Path root() {
    String told = System.getProperty("corpusync.root");
    Path at = Path.of(told == null ? "" : told).toAbsolutePath();
    while (!Files.exists(at.resolve("LICENSE"))) {
      at = at.getParent();
    }
    return at;
  }

  private static Stream<Path> java(Path root) {
    return files(root, List.of(".java"));
  }

  /**
   * The files whose names end so, sorted. Folders that a build writes are left out: a database
   * under test deletes its files at any time.
   */
  static Stream<Path> files(Path root, List<String> endings) {
    List<Path> all = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
              return folder.endsWith("target")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
              if (endings.stream().anyMatch(file.toString()::endsWith)) {
                all.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.stream().sorted();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
