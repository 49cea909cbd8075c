package dev.corpusync.oauth;

import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.vault.Vault;
import java.time.Instant;
import java.util.Optional;

/** Stores the tokens of one connection in the vault, which is the only place where they are. */
final class TokenStore {
  private static final String FIELD = "oauth.tokens";
  private final Vault vault;
  private final ConnectionKey key;
  private final SecretOrigin endpoints;

  /**
   * @param endpoints of the provider, which alone may get a refresh token
   */
  TokenStore(Vault vault, ConnectionKey key, SecretOrigin endpoints) {
    this.vault = vault;
    this.key = key;
    this.endpoints = endpoints;
  }

  ConnectionKey key() {
    return key;
  }

  Optional<TokenSet> find() {
    return kept().map(k -> TokenSet.opened(k.secret()));
  }

  private Optional<Vault.Kept> kept() {
    try {
      return vault.find(key, FIELD, endpoints);
    } catch (CredentialsMissingException e) {
      throw new CredentialsRejectedException(
          "the tokens of "
              + key
              + " were given for another address of the provider than its settings lead to. Nothing"
              + " was sent; connect the account again");
    }
  }

  /**
   * Binds the tokens to the origins of the API that they are sent to.
   *
   * @throws CredentialsRejectedException when they are bound to other ones
   */
  void bind(SecretOrigin api) {
    Optional<TokenSet> tokens = find();
    while (tokens.isPresent() && tokens.get().api().isEmpty()) {
      tokens = Optional.of(replace(tokens.get(), tokens.get().boundTo(api)));
    }
    if (tokens.flatMap(TokenSet::api).filter(bound -> !bound.equals(api)).isPresent()) {
      throw new CredentialsRejectedException(
          "the tokens of "
              + key
              + " were given for another address of the API than its settings lead to. Nothing was"
              + " sent; connect the account again");
    }
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
    vault.put(key, FIELD, endpoints, tokens.sealed());
  }

  /**
   * Writes what became of tokens over exactly these. The version alone would not do: sealing with
   * another key raises it too, and losing the only refresh token to that would lose the account.
   *
   * @return the stored tokens: the new ones, or those that a person or another process has stored
   */
  TokenSet replace(TokenSet old, TokenSet next) {
    while (true) {
      Vault.Kept there = kept().orElseThrow(this::disconnected);
      TokenSet tokens = TokenSet.opened(there.secret());
      if (!tokens.isSameAs(old)) {
        return tokens;
      }
      if (vault.replace(key, FIELD, there.version(), endpoints, next.sealed()).isPresent()) {
        return next;
      }
    }
  }

  /** Erases them; of many callers one is given them. */
  Optional<TokenSet> take() {
    try {
      Optional<Vault.Kept> there = kept();
      while (there.isPresent() && !vault.remove(key, FIELD, there.get().version())) {
        there = kept();
      }
      return there.map(k -> TokenSet.opened(k.secret()));
    } catch (CredentialsRejectedException e) {
      // P11: erased, and not even revoked at another address than they came from.
      vault.erase(key, FIELD);
      return Optional.empty();
    }
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
