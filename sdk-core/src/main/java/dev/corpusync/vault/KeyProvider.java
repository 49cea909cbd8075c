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
  /** Seals what is written from now on. */
  SealingKey current();

  /** For what was sealed earlier; empty when the key is not there any more. */
  Optional<SealingKey> find(String id);

  /**
   * Keys in an environment variable, read once, now.
   *
   * @throws InvalidConfigurationException when it is not set or holds no key
   */
  static KeyProvider environment(String variable) {
    return KeyRing.environment(variable, System.getenv());
  }

  /**
   * Keys in a file that only its owner may read, as {@link SealingKey#appendTo} writes it. Read at
   * each use, so that a key that is added is used at once.
   *
   * @throws InvalidConfigurationException when it is not there, holds no key, or others may read it
   */
  static KeyProvider file(Path path) {
    KeyFile file = new KeyFile(path);
    file.read();
    return file;
  }

  /**
   * A public key for development only: everyone who has the store can open what it seals. Logs a
   * warning.
   */
  static KeyProvider development() {
    return KeyRing.development();
  }
}
