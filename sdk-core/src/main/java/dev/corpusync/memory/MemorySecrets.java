package dev.corpusync.memory;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Identifier;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Storable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One lock, and copies in and out. */
final class MemorySecrets implements Secrets {
  private final Map<Place, Sealed> sealed = new HashMap<>();
  private final Map<Place, Claim> claims = new HashMap<>();

  /** No erased value had a higher version. */
  private long floor;

  private record Place(ConnectionKey key, String field) {
    Place {
      Identifier.name("the field of a secret", field);
    }
  }

  private record Claim(String owner, Instant until) {}

  @Override
  public synchronized Optional<Sealed> find(ConnectionKey key, String field) {
    return Optional.ofNullable(sealed.get(new Place(key, field))).map(MemorySecrets::copy);
  }

  @Override
  public synchronized Optional<Long> replace(
      ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
    Place place = new Place(key, field);
    Sealed before = sealed.get(place);
    if ((before == null ? 0 : before.version()) != seen) {
      return Optional.empty();
    }
    long version = 1 + (before == null ? floor : seen);
    sealed.put(
        place,
        new Sealed(place.key(), place.field(), version, Storable.text(keyId), bytes.clone()));
    return Optional.of(version);
  }

  @Override
  public synchronized boolean remove(ConnectionKey key, String field, long seen) {
    Place place = new Place(key, field);
    Sealed before = sealed.get(place);
    if (before == null || before.version() != seen) {
      return false;
    }
    sealed.remove(place);
    floor = Math.max(floor, seen);
    return true;
  }

  @Override
  public synchronized void erase(ConnectionKey key) {
    ConnectionKey wanted = Storable.key(key);
    for (Sealed s : sealed.values()) {
      if (s.key().equals(wanted)) {
        floor = Math.max(floor, s.version());
      }
    }
    sealed.keySet().removeIf(place -> place.key().equals(wanted));
    claims.keySet().removeIf(place -> place.key().equals(wanted));
  }

  @Override
  public synchronized List<Sealed> sealedByOthers(String keyId, int limit) {
    return sealed.values().stream()
        .filter(s -> !s.keyId().equals(keyId))
        .limit(limit)
        .map(MemorySecrets::copy)
        .toList();
  }

  @Override
  public synchronized boolean claim(
      ConnectionKey key, String field, String owner, Instant now, Instant until) {
    Place place = new Place(key, field);
    Claim held = claims.get(place);
    if (held != null && held.until().isAfter(Storable.time(now)) && !held.owner().equals(owner)) {
      return false;
    }
    claims.put(place, new Claim(owner, Storable.time(until)));
    return true;
  }

  @Override
  public synchronized void release(ConnectionKey key, String field, String owner) {
    Place place = new Place(key, field);
    Claim held = claims.get(place);
    if (held != null && held.owner().equals(owner)) {
      claims.remove(place);
    }
  }

  private static Sealed copy(Sealed s) {
    return new Sealed(s.key(), s.field(), s.version(), s.keyId(), s.bytes().clone());
  }
}
