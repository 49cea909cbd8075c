package dev.corpusync.vault;

import dev.corpusync.error.InvalidConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sealing keys from a file that only its owner may read, where the file system can say so.
 */
record KeyFile(Path path) implements KeyProvider {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  @Override
  public SealingKey current() {
    return read().current();
  }

  @Override
  public Optional<SealingKey> find(String id) {
    return read().find(id);
  }

  KeyRing read() {
    try {
      requirePrivate();
      return KeyRing.parse("key file '" + path + "'", Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new InvalidConfigurationException(
          "key file '" + path + "'",
          "is not there: make it with SealingKey.generate().appendTo(path), or mount it");
    } catch (IOException e) {
      // the cause might quote what it could not decode
      throw new InvalidConfigurationException(
          "key file '" + path + "'",
          "cannot be read ("
              + e.getClass().getSimpleName()
              + "): let the user of this process read it");
    }
  }

  private void requirePrivate() throws IOException {
    if (!speaksPosix()) {
      return;
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(path);
    if (may.stream().anyMatch(OTHERS::contains)) {
      throw new InvalidConfigurationException(
          "key file '" + path + "'",
          "is open to others than its owner ("
              + PosixFilePermissions.toString(may)
              + "): run chmod 600 on it, and replace its keys if another user may have read them");
    }
  }

  /** Adds a line; makes the file if there is none, private before there is anything in it. */
  void append(String line) {
    FileAttribute<?>[] attributes =
        speaksPosix()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    try (FileChannel file =
        FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes)) {
      requirePrivate();
      ByteBuffer bytes = ByteBuffer.wrap(("\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          "key file '" + path + "'",
          "cannot be written ("
              + e.getClass().getSimpleName()
              + "): check that its folder exists and that this process may write there");
    }
  }

  private boolean speaksPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
