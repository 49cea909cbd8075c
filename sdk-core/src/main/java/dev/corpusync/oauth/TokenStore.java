package dev.corpusync.oauth;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.vault.Vault;
import java.time.Instant;
import java.util.Optional;

/** Stores the tokens of one connection in the vault, which is the only place where they are. */
final class TokenStore {
  private static final String FIELD = "oauth.tokens";
  private final Vault vault;
  private final ConnectionKey key;

  TokenStore(Vault vault, ConnectionKey key) {
    this.vault = vault;
    this.key = key;
  }

  ConnectionKey key() {
    return key;
  }

  Optional<TokenSet> find() {
    return vault.find(key, FIELD).map(k -> TokenSet.opened(k.secret()));
  }

  /**
   * @throws CredentialsRejectedException when there are none, or the provider has refused them
   */
  TokenSet get() {
    TokenSet tokens = find().orElseThrow(this::disconnected);
    if (tokens.refused()) {
      throw lost();
    }
    return tokens;
  }

  /** Whatever was there: a person has just connected. */
  void put(TokenSet tokens) {
    vault.put(key, FIELD, tokens.sealed());
  }

  /**
   * Writes what became of tokens over exactly these. The version alone would not do: sealing with
   * another key raises it too, and losing the only refresh token to that would lose the account.
   *
   * @return the stored tokens: the new ones, or those that a person or another process has stored
   */
  TokenSet replace(TokenSet old, TokenSet next) {
    while (true) {
      Vault.Kept there = vault.find(key, FIELD).orElseThrow(this::disconnected);
      TokenSet tokens = TokenSet.opened(there.secret());
      if (!tokens.isSameAs(old)) {
        return tokens;
      }
      if (vault.replace(key, FIELD, there.version(), next.sealed()).isPresent()) {
        return next;
      }
    }
  }

  /** Erases them; of many callers one is given them. */
  Optional<TokenSet> take() {
    Optional<Vault.Kept> there = vault.find(key, FIELD);
    while (there.isPresent() && !vault.remove(key, FIELD, there.get().version())) {
      there = vault.find(key, FIELD);
    }
    return there.map(k -> TokenSet.opened(k.secret()));
  }

  boolean claim(String owner, Instant now, Instant until) {
    return vault.claim(key, FIELD, owner, now, until);
  }

  void release(String owner) {
    vault.release(key, FIELD, owner);
  }

  CredentialsRejectedException lost() {
    return new CredentialsRejectedException(
        "the provider no longer accepts the consent given for "
            + key
            + ": it was taken back, or has run out. Reconnect it; nothing that was synced is lost");
  }

  private CredentialsRejectedException disconnected() {
    return new CredentialsRejectedException(
        key + " has no tokens: it was never connected, or was disconnected. Connect it");
  }
}
