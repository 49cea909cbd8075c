package dev.corpusync.testkit.auth;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Secrets as seen by a process that may die: from then on nothing of it reaches the store. */
final class CrashingSecrets implements Secrets {
  private final Secrets secrets;
  private volatile boolean dead;

  CrashingSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  void die() {
    dead = true;
  }

  private Secrets alive() {
    if (dead) {
      throw new StoreException("this process has died");
    }
    return secrets;
  }

  @Override
  public Optional<Sealed> find(ConnectionKey key, String field) {
    return alive().find(key, field);
  }

  @Override
  public Optional<Long> replace(
      ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
    return alive().replace(key, field, seen, keyId, bytes);
  }

  @Override
  public boolean remove(ConnectionKey key, String field, long seen) {
    return alive().remove(key, field, seen);
  }

  @Override
  public void erase(ConnectionKey key) {
    alive().erase(key);
  }

  @Override
  public List<Sealed> sealedByOthers(String keyId, int limit) {
    return alive().sealedByOthers(keyId, limit);
  }

  @Override
  public boolean claim(ConnectionKey key, String field, String owner, Instant now, Instant until) {
    return alive().claim(key, field, owner, now, until);
  }

  @Override
  public void release(ConnectionKey key, String field, String owner) {
    alive().release(key, field, owner);
  }
}
