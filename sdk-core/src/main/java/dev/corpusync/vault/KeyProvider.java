package dev.corpusync.vault;

import dev.corpusync.error.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the host keeps its sealing keys: a file, the environment, a key service. Called from any
 * thread, at each use; it may cache. A failure is a {@link InvalidConfigurationException} that says
 * what to do and shows no key.
 *
 * <p>The providers here read keys as text, one to a line or separated by blanks, each {@code
 * id:base64} of 32 bytes; a line that begins with {@code #} is a comment. The last one is current.
 *
 * @since 0.1
 */
public interface KeyProvider {
  /** Returns the key that seals new values. */
  SealingKey current();

  /**
   * Returns the key of a value that was sealed earlier; empty when it is not available any more.
   */
  Optional<SealingKey> find(String id);

  /**
   * Reads keys from an environment variable, once, now.
   *
   * @throws InvalidConfigurationException when it is not set or holds no key
   */
  static KeyProvider environment(String variable) {
    return KeyRing.environment(variable, System.getenv());
  }

  /**
   * Reads keys from a file that only its owner may read, as {@link SealingKey#appendTo} writes it.
   * It is read at each use, so a key that is added is used at once.
   *
   * @throws InvalidConfigurationException when it is not there, holds no key, or others may read it
   */
  static KeyProvider file(Path path) {
    KeyFile file = new KeyFile(path);
    file.read();
    return file;
  }

  /**
   * Returns a well-known key, for development only: anyone with the store can open what it seals.
   * Logs that at WARN.
   */
  static KeyProvider development() {
    return KeyRing.development();
  }
}
