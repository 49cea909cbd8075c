package dev.corpusync.oauth;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.vault.Vault;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores the authorizations that were started and not completed, in the vault. A connection has one
 * at a time: a new one replaces the last, so abandoned ones do not pile up.
 */
final class PendingAuthorizations {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FIELD = "oauth.attempt";
  private static final String KEY_FIELD = "oauth.state-key";
  private static final int BYTES = 32;
  private final Vault vault;
  private final RandomGenerator random;

  /**
   * One attempt.
   *
   * @param session of the browser that was sent
   * @param client which of the host's applications began it
   * @param settings that the addresses were filled from
   */
  record PendingAuthorization(
      String id, Secret verifier, Secret session, String client, Map<String, String> settings) {}

  PendingAuthorizations(Vault vault, RandomGenerator random) {
    this.vault = vault;
    this.random = random;
  }

  PendingAuthorization begin(
      ConnectionKey key, Secret session, String client, Map<String, String> settings) {
    PendingAuthorization attempt =
        new PendingAuthorization(chance(), Secret.of(chance()), session, client, settings);
    vault.put(key, FIELD, sealed(attempt));
    return attempt;
  }

  /**
   * Takes the attempt, if it is this one and came back in its own session: only once.
   *
   * @throws AuthorizationFailedException otherwise
   */
  PendingAuthorization take(ConnectionKey key, String id, Secret session, String client) {
    Vault.Kept kept = vault.find(key, FIELD).orElseThrow(PendingAuthorizations::used);
    PendingAuthorization attempt = opened(kept.secret());
    if (!attempt.id().equals(id)) {
      throw used();
    }
    if (!TokenSet.same(attempt.session(), session)) {
      throw new AuthorizationFailedException(
          Reason.ELSEWHERE,
          "another browser session came back from the provider than the one that was sent there."
              + " Nothing was kept; start connecting again in one browser");
    }
    if (!attempt.client().equals(client)) {
      // Or one provider would be given the code of another.
      throw new AuthorizationFailedException(
          Reason.ELSEWHERE,
          "the way back from one provider was taken for that of another. Nothing was kept; give each a"
              + " redirect address of its own");
    }
    if (!vault.remove(key, FIELD, kept.version())) {
      throw used();
    }
    return attempt;
  }

  /** What this connection's states are signed with, if it ever had one that can be read. */
  Optional<byte[]> findMacKey(ConnectionKey key) {
    try {
      return vault.find(key, KEY_FIELD).map(k -> Base64.getDecoder().decode(k.secret().reveal()));
    } catch (SecretUnreadableException e) {
      // Its sealing key is gone: what it has signed counts no more.
      return Optional.empty();
    }
  }

  /** Made at the first use; of two makers at once both use the first one's. */
  byte[] macKey(ConnectionKey key) {
    Optional<byte[]> there = findMacKey(key);
    if (there.isPresent()) {
      return there.get();
    }
    byte[] made = new byte[BYTES];
    random.nextBytes(made);
    Secret secret = Secret.of(Base64.getEncoder().encodeToString(made));
    if (vault.replace(key, KEY_FIELD, 0, secret).isPresent()) {
      return made;
    }
    Optional<byte[]> others = findMacKey(key);
    if (others.isEmpty()) {
      vault.put(key, KEY_FIELD, secret);
    }
    return others.orElse(made);
  }

  private String chance() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Secret sealed(PendingAuthorization attempt) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", attempt.id())
            .put("verifier", attempt.verifier().reveal())
            .put("session", attempt.session().reveal())
            .put("client", attempt.client());
    ObjectNode settings = json.putObject("settings");
    attempt.settings().forEach(settings::put);
    return Secret.of(json.toString());
  }

  private static PendingAuthorization opened(Secret kept) {
    try {
      JsonNode json = JSON.readTree(kept.reveal());
      Map<String, String> settings = new TreeMap<>();
      json.required("settings")
          .properties()
          .forEach(s -> settings.put(s.getKey(), s.getValue().stringValue()));
      return new PendingAuthorization(
          json.required("id").stringValue(),
          Secret.of(json.required("verifier").stringValue()),
          Secret.of(json.required("session").stringValue()),
          json.required("client").stringValue(),
          settings);
    } catch (JacksonException e) {
      // Not as the cause: a parser quotes what it read.
      throw used();
    }
  }

  private static AuthorizationFailedException used() {
    return new AuthorizationFailedException(
        Reason.STATE_USED,
        "the way back from the provider was taken before, or a newer attempt has replaced it."
            + " Nothing was changed; start connecting again if the connection does not work");
  }
}
