package dev.corpusync.vault;

import dev.corpusync.error.InvalidConfigurationException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sealing keys that were parsed from a text. */
record KeyRing(SealingKey current, Map<String, SealingKey> keys) implements KeyProvider {
  private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
  private static final String HOW =
      "one id:base64 of 32 bytes to a line, such as SealingKey.generate() makes";

  @Override
  public Optional<SealingKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /**
   * @param source named in errors, beside the place; what it holds never is
   */
  static KeyRing parse(String source, String text) {
    Map<String, SealingKey> keys = new LinkedHashMap<>();
    SealingKey last = null;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.strip().startsWith("#")) {
        continue;
      }
      for (String word : words(line)) {
        last = key(source, number, word);
        if (keys.put(last.id(), last) != null) {
          throw new InvalidConfigurationException(
              source, "has the key '" + last.id() + "' twice: give each its own id");
        }
      }
    }
    if (last == null) {
      throw new InvalidConfigurationException(source, "holds no sealing key: put in " + HOW);
    }
    return new KeyRing(last, Map.copyOf(keys));
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }

  private static SealingKey key(String source, int line, String word) {
    int colon = word.indexOf(':');
    try {
      if (colon > 0) {
        byte[] bytes = Base64.getDecoder().decode(word.substring(colon + 1));
        return SealingKey.of(word.substring(0, colon), bytes);
      }
    } catch (IllegalArgumentException e) {
      // said below, without what was read
    }
    throw new InvalidConfigurationException(
        source, "has no sealing key in line " + line + ": it must have " + HOW);
  }

  static KeyRing environment(String variable, Map<String, String> environment) {
    String text = environment.get(variable);
    if (text == null) {
      throw new InvalidConfigurationException(
          variable, "is not set in the environment: set it to " + HOW);
    }
    return parse(variable, text);
  }

  static KeyRing development() {
    log.warn(
        "DEVELOPMENT KEY IN USE: stored secrets are sealed with a public key, and are as good as"
            + " unprotected. In production use KeyProvider.file, KeyProvider.environment or one of"
            + " your own");
    SealingKey known = SealingKey.of("development", new byte[SealingKey.BYTES]);
    return new KeyRing(known, Map.of(known.id(), known));
  }

  /** The ids only. */
  @Override
  public String toString() {
    return "KeyRing" + keys.keySet();
  }
}
