package dev.corpusync.relational;

import dev.corpusync.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The file that a store was opened with. A process that has it open writes into a file that was
 * deleted or replaced: everything looks well, and is gone at the next start.
 */
final class OpenFile {
  private final Path path;
  private final Object identity;

  private OpenFile(Path path, Object identity) {
    this.path = path;
    this.identity = identity;
  }

  /**
   * Returns the file as it is now; empty where there is none to look at.
   *
   * @param path as the database says it; blank for one in memory
   */
  static Optional<OpenFile> of(String path) {
    if (path.isBlank()) {
      return Optional.empty();
    }
    Path file = Path.of(path);
    return identity(file).map(found -> new OpenFile(file, found));
  }

  /**
   * Checks that the file is still there, and still the same.
   *
   * @throws StoreException when it is not
   */
  void check(String what) {
    if (identity(path).filter(identity::equals).isEmpty()) {
      throw new StoreException(
          "tried to "
              + what
              + " in the SQLite database: its file was deleted, moved or replaced while it was open,"
              + " and what is written now would be lost. Stop this process, put the file back or"
              + " begin with an empty one, and start again");
    }
  }

  /** Where files have no key, it is only seen whether one is there. */
  private static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
          .or(() -> Optional.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
