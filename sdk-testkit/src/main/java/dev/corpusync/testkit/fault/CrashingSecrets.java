package dev.corpusync.testkit.fault;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes each write a step. */
record CrashingSecrets(Secrets secrets, CrashPlan plan) implements Secrets {
  @Override
  public Optional<Sealed> find(ConnectionKey key, String field) {
    return secrets.find(key, field);
  }

  @Override
  public Optional<Long> replace(
      ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
    return plan.step("keep " + field, () -> secrets.replace(key, field, seen, keyId, bytes));
  }

  @Override
  public boolean remove(ConnectionKey key, String field, long seen) {
    return plan.step("remove " + field, () -> secrets.remove(key, field, seen));
  }

  @Override
  public void erase(ConnectionKey key) {
    plan.step(
        "erase secrets",
        () -> {
          secrets.erase(key);
          return true;
        });
  }

  @Override
  public List<Sealed> sealedByOthers(String keyId, int limit) {
    return secrets.sealedByOthers(keyId, limit);
  }

  @Override
  public boolean claim(ConnectionKey key, String field, String owner, Instant now, Instant until) {
    return secrets.claim(key, field, owner, now, until);
  }

  @Override
  public void release(ConnectionKey key, String field, String owner) {
    secrets.release(key, field, owner);
  }
}
