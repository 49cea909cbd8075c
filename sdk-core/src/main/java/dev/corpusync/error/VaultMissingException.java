package dev.corpusync.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret cannot be stored or opened, since the engine has no vault: give {@code
 * CorpusyncBuilder.vault} a {@code KeyProvider}.
 *
 * @since 0.1
 */
public final class VaultMissingException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String keyId;

  /**
   * @param attempted what needs the vault
   */
  public VaultMissingException(String attempted) {
    super(message(attempted, "a KeyProvider"));
    keyId = null;
  }

  /**
   * @param keyId of the key that stored secrets are sealed with
   */
  public VaultMissingException(String attempted, String keyId) {
    super(message(attempted, "the KeyProvider that has the key '" + keyId + "'"));
    this.keyId = keyId;
  }

  private static String message(String attempted, String needed) {
    return attempted + " needs a vault: give CorpusyncBuilder.vault " + needed;
  }

  /** Returns the id of the key that is needed, where secrets are stored already. */
  public Optional<String> keyId() {
    return Optional.ofNullable(keyId);
  }
}
