package dev.corpusync.vault;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.store.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores secrets sealed with AES-256-GCM, each bound to its tenant, connection and field: a sealed
 * value that is copied elsewhere cannot be opened there. The origins that a secret may be sent to
 * are sealed with it. Safe for many threads and processes on one store.
 *
 * @since 0.1
 */
public final class Vault {
  private final Secrets secrets;
  private final KeyProvider keys;
  private final Seal seal = new Seal();

  private Vault(Secrets secrets, KeyProvider keys) {
    this.secrets = secrets;
    this.keys = keys;
  }

  public static Vault of(Secrets secrets, KeyProvider keys) {
    return new Vault(secrets, keys);
  }

  /**
   * A secret with the version of its field, to write over exactly this one.
   *
   * @param version 0 means that nothing was there
   */
  public record Kept(Secret secret, long version) {}

  /**
   * Opens a secret that is sent nowhere; empty when there is none.
   *
   * @throws SecretUnreadableException when it cannot be opened: the key is not there or another
   *     one, or the value was changed
   */
  public Optional<Kept> find(ConnectionKey key, String field) {
    return find(key, field, SecretOrigin.NONE);
  }

  /**
   * Opens a secret that was given for these origins; empty when there is none. One that an earlier
   * version stored without origins is bound to these from now on.
   *
   * @throws SecretUnreadableException when it cannot be opened: the key is not there or another
   *     one, or the value was changed
   * @throws CredentialsMissingException when it was given for other origins (P11)
   */
  public Optional<Kept> find(ConnectionKey key, String field, SecretOrigin origin) {
    while (true) {
      Optional<Secrets.Sealed> sealed = secrets.find(key, field);
      if (sealed.isEmpty()) {
        return Optional.empty();
      }
      Opened opened = open(sealed.get());
      long version = sealed.get().version();
      if (opened.origin().isEmpty() && !origin.equals(SecretOrigin.NONE)) {
        Optional<Long> bound = replace(key, field, version, origin, opened.secret());
        if (bound.isPresent()) {
          return Optional.of(new Kept(opened.secret(), bound.get()));
        }
        // Written meanwhile, and looked at again.
      } else if (opened.origin().filter(given -> !given.equals(origin)).isPresent()) {
        throw CredentialsMissingException.forOrigin(key.toString());
      } else {
        return Optional.of(new Kept(opened.secret(), version));
      }
    }
  }

  /** Replaces one version of a secret that is sent nowhere. */
  public Optional<Long> replace(ConnectionKey key, String field, long seen, Secret secret) {
    return replace(key, field, seen, SecretOrigin.NONE, secret);
  }

  /**
   * Replaces one version of a secret. Durable before it returns.
   *
   * @param seen the version that this one replaces; 0 when there was none
   * @param origin where it may be sent
   * @return the new version; empty when another one was there, with nothing changed
   */
  public Optional<Long> replace(
      ConnectionKey key, String field, long seen, SecretOrigin origin, Secret secret) {
    return replace(key, field, seen, new Opened(Optional.of(origin), secret));
  }

  private Optional<Long> replace(ConnectionKey key, String field, long seen, Opened next) {
    SealingKey current = keys.current();
    byte format = next.origin().isPresent() ? Seal.BOUND : Seal.PLAIN;
    byte[] sealed =
        seal.close(
            current, format, place(key, field), next.text().getBytes(StandardCharsets.UTF_8));
    return secrets.replace(key, field, seen, current.id(), sealed);
  }

  /** Stores a secret that is sent nowhere. */
  public long put(ConnectionKey key, String field, Secret secret) {
    return put(key, field, SecretOrigin.NONE, secret);
  }

  /**
   * Stores a secret and replaces any other one, readable or not, when a person has entered a new
   * one. Durable before it returns.
   *
   * @param origin where it may be sent
   * @return the new version
   */
  public long put(ConnectionKey key, String field, SecretOrigin origin, Secret secret) {
    Optional<Long> written = Optional.empty();
    while (written.isEmpty()) {
      long seen = secrets.find(key, field).map(Secrets.Sealed::version).orElse(0L);
      written = replace(key, field, seen, origin, secret);
    }
    return written.get();
  }

  /** Erases a secret only if it still has this version; returns true to one of many callers. */
  public boolean remove(ConnectionKey key, String field, long seen) {
    return secrets.remove(key, field, seen);
  }

  /** Erases a secret, readable or not. Idempotent. */
  public void erase(ConnectionKey key, String field) {
    Optional<Secrets.Sealed> there = secrets.find(key, field);
    while (there.isPresent() && !secrets.remove(key, field, there.get().version())) {
      there = secrets.find(key, field);
    }
  }

  /** Erases all secrets of a connection. Idempotent. */
  public void erase(ConnectionKey key) {
    secrets.erase(key);
  }

  /** See {@link Secrets#claim}. */
  public boolean claim(ConnectionKey key, String field, String owner, Instant now, Instant until) {
    return secrets.claim(key, field, owner, now, until);
  }

  /** See {@link Secrets#release}. */
  public void release(ConnectionKey key, String field, String owner) {
    secrets.release(key, field, owner);
  }

  /**
   * Rotates keys: seals up to this many values again with the current key. Runs may continue
   * meanwhile.
   *
   * @return how many values it processed; 0 means that no other key is needed any more
   * @throws SecretUnreadableException after the others, when one cannot be opened: disconnect that
   *     connection, or connect it again, then call this again
   */
  public int reseal(int limit) {
    List<Secrets.Sealed> others = secrets.sealedByOthers(keys.current().id(), limit);
    SecretUnreadableException unreadable = null;
    for (Secrets.Sealed old : others) {
      try {
        // A secret that was written or erased meanwhile is not overwritten.
        replace(old.key(), old.field(), old.version(), open(old));
      } catch (SecretUnreadableException e) {
        unreadable = e;
      }
    }
    if (unreadable != null) {
      throw unreadable;
    }
    return others.size();
  }

  /**
   * A secret as it was sealed.
   *
   * @param origin empty where an earlier version stored none
   */
  private record Opened(Optional<SecretOrigin> origin, Secret secret) {
    String text() {
      return origin.map(o -> o + "\n").orElse("") + secret.reveal();
    }

    static Opened of(byte format, String text) {
      if (format == Seal.PLAIN) {
        return new Opened(Optional.empty(), Secret.of(text));
      }
      int end = text.indexOf('\n');
      return new Opened(
          Optional.of(SecretOrigin.parse(text.substring(0, end))),
          Secret.of(text.substring(end + 1)));
    }
  }

  private Opened open(Secrets.Sealed sealed) {
    SealingKey key =
        keys.find(sealed.keyId())
            .orElseThrow(
                () ->
                    new SecretUnreadableException(
                        "a secret of "
                            + sealed.key()
                            + " was sealed with the key '"
                            + sealed.keyId()
                            + "', which the key provider does not have: give that key back, or"
                            + " connect again"));
    byte[] plain =
        seal.open(key, place(sealed.key(), sealed.field()), sealed.bytes())
            .orElseThrow(
                () ->
                    new SecretUnreadableException(
                        "a secret of "
                            + sealed.key()
                            + " cannot be opened with the key '"
                            + sealed.keyId()
                            + "': it is another key of that name, or what is stored was changed."
                            + " Connect again"));
    return Opened.of(Seal.format(sealed.bytes()), new String(plain, StandardCharsets.UTF_8));
  }

  // Lengths first, so that no two places have the same bytes.
  static byte[] place(ConnectionKey key, String field) {
    String all =
        key.tenant().length() + ":" + key.tenant() + key.id().length() + ":" + key.id() + field;
    return all.getBytes(StandardCharsets.UTF_8);
  }
}
