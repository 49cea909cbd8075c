package dev.corpusync.engine;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.store.Secrets;
import dev.corpusync.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores the secrets among the settings of a connection: each is sealed by the vault in a field of
 * its own, and stored nowhere else. Safe for many threads.
 */
final class SecretSettings {
  private static final String PREFIX = "setting.";
  private final Optional<Vault> vault;
  private final Secrets stored;

  SecretSettings(Optional<Vault> vault, Secrets stored) {
    this.vault = vault;
    this.stored = stored;
  }

  /**
   * Checks what a person filled in; a secret that is stored need not be given again.
   *
   * @throws dev.corpusync.error.InvalidConfigurationException naming the setting that is missing or
   *     wrong
   * @throws VaultMissingException when a secret is given and cannot be stored
   */
  Configuration read(ConnectionKey key, List<Setting<?>> declared, Map<String, String> given) {
    Set<String> kept =
        declared.stream()
            .filter(Setting::isSecret)
            .map(Setting::name)
            .filter(name -> stored.find(key, PREFIX + name).isPresent())
            .collect(Collectors.toSet());
    Configuration read = Configuration.of(declared, given, kept);
    if (vault.isEmpty() && !read.secrets().isEmpty()) {
      throw new VaultMissingException(
          "storing the secret setting '" + read.secrets().keySet().iterator().next() + "'");
    }
    return read;
  }

  /** Stores what was given, and erases what is no longer asked for. Can be repeated. */
  void keep(ConnectionKey key, List<Setting<?>> declared, Configuration read) {
    read.secrets().forEach((name, secret) -> vault.orElseThrow().put(key, PREFIX + name, secret));
    declared.stream()
        .filter(Setting::isSecret)
        .map(Setting::name)
        .filter(name -> !read.askedSecrets().contains(name))
        .forEach(name -> remove(key, PREFIX + name));
  }

  Optional<Secret> find(ConnectionKey key, String name) {
    return vault.flatMap(v -> v.find(key, PREFIX + name)).map(Vault.Kept::secret);
  }

  private void remove(ConnectionKey key, String field) {
    Optional<Secrets.Sealed> there = stored.find(key, field);
    while (there.isPresent() && !stored.remove(key, field, there.get().version())) {
      there = stored.find(key, field);
    }
  }
}
