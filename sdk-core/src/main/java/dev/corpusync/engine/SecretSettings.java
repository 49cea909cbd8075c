package dev.corpusync.engine;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.InvalidConfigurationException;
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
   * Checks what a person filled in; a secret that is stored need not be given again, unless these
   * settings send it to other origins than it was given for.
   *
   * @param before the origins of the connection as it is; empty for a new one
   * @throws InvalidConfigurationException naming the setting that is missing or wrong
   * @throws VaultMissingException when a secret is given and cannot be stored
   */
  Configuration read(
      ConnectionKey key,
      Descriptor descriptor,
      Map<String, String> given,
      Optional<SecretOrigin> before) {
    List<Setting<?>> declared = descriptor.settings();
    Set<String> stored = stored(key, declared);
    Configuration read = Configuration.of(declared, given, stored);
    if (!before.equals(Optional.of(descriptor.secretOrigin(read.settings())))) {
      refuseKept(declared, read, stored);
      read = Configuration.of(declared, given);
    }
    if (vault.isEmpty() && !read.secrets().isEmpty()) {
      throw new VaultMissingException(
          "storing the secret setting '" + read.secrets().keySet().iterator().next() + "'");
    }
    return read;
  }

  private Set<String> stored(ConnectionKey key, List<Setting<?>> declared) {
    return declared.stream()
        .filter(Setting::isSecret)
        .map(Setting::name)
        .filter(name -> stored.find(key, PREFIX + name).isPresent())
        .collect(Collectors.toSet());
  }

  private static void refuseKept(
      List<Setting<?>> declared, Configuration read, Set<String> stored) {
    for (Setting<?> setting : declared) {
      String name = setting.name();
      if (setting.isRequired()
          && stored.contains(name)
          && read.askedSecrets().contains(name)
          && !read.secrets().containsKey(name)) {
        throw new InvalidConfigurationException(
            name,
            "must be given again: it was given for another address than these settings lead to");
      }
    }
  }

  /**
   * Stores what was given, and erases what is no longer asked for. Can be repeated.
   *
   * @param before the origins of the connection as it is
   * @param origin where secrets are sent under the settings that were read
   */
  void keep(
      ConnectionKey key,
      List<Setting<?>> declared,
      Configuration read,
      SecretOrigin before,
      SecretOrigin origin) {
    read.secrets()
        .forEach((name, secret) -> vault.orElseThrow().put(key, PREFIX + name, origin, secret));
    declared.stream()
        .filter(Setting::isSecret)
        .map(Setting::name)
        .filter(name -> !read.secrets().containsKey(name))
        .filter(name -> !read.askedSecrets().contains(name) || !before.equals(origin))
        .forEach(name -> remove(key, PREFIX + name));
  }

  Optional<Secret> find(ConnectionKey key, String name, SecretOrigin origin) {
    return vault.flatMap(v -> v.find(key, PREFIX + name, origin)).map(Vault.Kept::secret);
  }

  private void remove(ConnectionKey key, String field) {
    Optional<Secrets.Sealed> there = stored.find(key, field);
    while (there.isPresent() && !stored.remove(key, field, there.get().version())) {
      there = stored.find(key, field);
    }
  }
}
