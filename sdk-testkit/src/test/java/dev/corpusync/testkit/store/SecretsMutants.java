package dev.corpusync.testkit.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores of secrets with one defect each. */
final class SecretsMutants {
  private SecretsMutants() {}

  /** A correct store but for its secrets. */
  static Store with(Store store, Secrets mutant) {
    return with(store, store.connections(), mutant);
  }

  static Store with(Store store, Connections connections, Secrets mutant) {
    return (Store)
        Proxy.newProxyInstance(
            SecretsMutants.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "secrets":
                  return mutant;
                case "connections":
                  return connections;
                default:
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                  }
              }
            });
  }

  /** Right in everything; mutants override what they get wrong. */
  static class Correct implements Secrets {
    final Secrets real;

    Correct(Secrets real) {
      this.real = real;
    }

    @Override
    public Optional<Sealed> find(ConnectionKey key, String field) {
      return real.find(key, field);
    }

    @Override
    public Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      return real.replace(key, field, seen, keyId, bytes);
    }

    @Override
    public boolean remove(ConnectionKey key, String field, long seen) {
      return real.remove(key, field, seen);
    }

    @Override
    public void erase(ConnectionKey key) {
      real.erase(key);
    }

    @Override
    public List<Sealed> sealedByOthers(String keyId, int limit) {
      return real.sealedByOthers(keyId, limit);
    }

    @Override
    public boolean claim(
        ConnectionKey key, String field, String owner, Instant now, Instant until) {
      return real.claim(key, field, owner, now, until);
    }

    @Override
    public void release(ConnectionKey key, String field, String owner) {
      real.release(key, field, owner);
    }

    final long version(ConnectionKey key, String field) {
      return real.find(key, field).map(Sealed::version).orElse(0L);
    }

    final List<Sealed> of(ConnectionKey key) {
      return real.sealedByOthers("", 1000).stream().filter(s -> s.key().equals(key)).toList();
    }

    final void restore(Sealed s) {
      real.replace(s.key(), s.field(), 0, s.keyId(), s.bytes());
    }
  }

  /** Puts everything elsewhere: another tenant, another field. */
  static final class Misplaced implements Secrets {
    private final Secrets real;
    private final UnaryOperator<ConnectionKey> keys;
    private final UnaryOperator<String> fields;

    Misplaced(Secrets real, UnaryOperator<ConnectionKey> keys, UnaryOperator<String> fields) {
      this.real = real;
      this.keys = keys;
      this.fields = fields;
    }

    static Misplaced withoutTenant(Secrets real) {
      return new Misplaced(real, k -> new ConnectionKey("acme", k.id()), f -> f);
    }

    static Misplaced withoutConnection(Secrets real) {
      return new Misplaced(real, k -> new ConnectionKey(k.tenant(), "main"), f -> f);
    }

    static Misplaced withoutCase(Secrets real) {
      return new Misplaced(real, k -> k, f -> f.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<Sealed> find(ConnectionKey key, String field) {
      return real.find(keys.apply(key), fields.apply(field));
    }

    @Override
    public Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      return real.replace(keys.apply(key), fields.apply(field), seen, keyId, bytes);
    }

    @Override
    public boolean remove(ConnectionKey key, String field, long seen) {
      return real.remove(keys.apply(key), fields.apply(field), seen);
    }

    @Override
    public void erase(ConnectionKey key) {
      real.erase(keys.apply(key));
    }

    @Override
    public List<Sealed> sealedByOthers(String keyId, int limit) {
      return real.sealedByOthers(keyId, limit);
    }

    @Override
    public boolean claim(
        ConnectionKey key, String field, String owner, Instant now, Instant until) {
      return real.claim(keys.apply(key), fields.apply(field), owner, now, until);
    }

    @Override
    public void release(ConnectionKey key, String field, String owner) {
      real.release(keys.apply(key), fields.apply(field), owner);
    }
  }

  static final class IgnoresVersions extends Correct {
    IgnoresVersions(Secrets real) {
      super(real);
    }

    @Override
    public Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      Optional<Long> written = Optional.empty();
      while (written.isEmpty()) {
        written = real.replace(key, field, version(key, field), keyId, bytes);
      }
      return written;
    }
  }

  /** Compares, then sets: of two threads that have seen the same, both are let in. */
  static final class LooksThenWrites extends Correct {
    private final Thread opener = Thread.currentThread();
    private final Map<String, Long> overwritten = new HashMap<>();

    LooksThenWrites(Secrets real) {
      super(real);
    }

    @Override
    public synchronized Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      Optional<Long> written = real.replace(key, field, seen, keyId, bytes);
      if (written.isPresent()) {
        overwritten.put(key + field, seen);
      }
      boolean compared =
          Thread.currentThread() != opener
              && overwritten.getOrDefault(key + field, seen - 1) == seen;
      while (written.isEmpty() && compared) {
        written = real.replace(key, field, version(key, field), keyId, bytes);
      }
      return written;
    }
  }

  static final class RemovesAnyVersion extends Correct {
    RemovesAnyVersion(Secrets real) {
      super(real);
    }

    @Override
    public boolean remove(ConnectionKey key, String field, long seen) {
      return real.remove(key, field, version(key, field));
    }
  }

  /** Tells everyone that it was there. */
  static final class RemovesForEverybody extends Correct {
    RemovesForEverybody(Secrets real) {
      super(real);
    }

    @Override
    public boolean remove(ConnectionKey key, String field, long seen) {
      return real.remove(key, field, seen) || version(key, field) == 0;
    }
  }

  /** Counts from 1 again after a removal. */
  static final class BeginsAgain extends Correct {
    private final Map<String, Long> bases;

    BeginsAgain(Secrets real, Map<String, Long> bases) {
      super(real);
      this.bases = bases;
    }

    private long base(ConnectionKey key, String field) {
      return bases.getOrDefault(key + field, 0L);
    }

    private Sealed shown(Sealed s) {
      return new Sealed(
          s.key(), s.field(), s.version() - base(s.key(), s.field()), s.keyId(), s.bytes());
    }

    @Override
    public synchronized Optional<Sealed> find(ConnectionKey key, String field) {
      return real.find(key, field).map(this::shown);
    }

    @Override
    public synchronized Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      long meant = seen == 0 ? 0 : seen + base(key, field);
      Optional<Long> written = real.replace(key, field, meant, keyId, bytes);
      if (seen == 0) {
        written.ifPresent(v -> bases.put(key + field, v - 1));
      }
      return written.map(v -> v - base(key, field));
    }

    @Override
    public synchronized boolean remove(ConnectionKey key, String field, long seen) {
      return real.remove(key, field, seen + base(key, field));
    }

    @Override
    public synchronized List<Sealed> sealedByOthers(String keyId, int limit) {
      return real.sealedByOthers(keyId, limit).stream().map(this::shown).toList();
    }
  }

  static final class LeavesOneRow extends Correct {
    LeavesOneRow(Secrets real) {
      super(real);
    }

    @Override
    public void erase(ConnectionKey key) {
      Optional<Sealed> one = of(key).stream().findFirst();
      real.erase(key);
      one.ifPresent(this::restore);
    }
  }

  static final class ErasesTheTenant extends Correct {
    ErasesTheTenant(Secrets real) {
      super(real);
    }

    @Override
    public void erase(ConnectionKey key) {
      real.erase(key);
      real.sealedByOthers("", 1000).stream()
          .map(Sealed::key)
          .filter(k -> k.tenant().equals(key.tenant()))
          .forEach(real::erase);
    }
  }

  static final class ForgetsAliens extends Correct {
    ForgetsAliens(Secrets real) {
      super(real);
    }

    @Override
    public List<Sealed> sealedByOthers(String keyId, int limit) {
      return real.sealedByOthers(keyId, limit).stream()
          .filter(s -> s.keyId().isEmpty() || !s.keyId().equalsIgnoreCase(keyId))
          .toList();
    }
  }

  /** Hands out its own array. */
  static final class SharesBytes extends Correct {
    private final Map<String, byte[]> arrays;

    SharesBytes(Secrets real, Map<String, byte[]> arrays) {
      super(real);
      this.arrays = arrays;
    }

    @Override
    public synchronized Optional<Long> replace(
        ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
      Optional<Long> written = real.replace(key, field, seen, keyId, bytes);
      written.ifPresent(v -> arrays.put(key + field, bytes));
      return written;
    }

    @Override
    public synchronized Optional<Sealed> find(ConnectionKey key, String field) {
      return real.find(key, field)
          .map(s -> new Sealed(s.key(), field, s.version(), s.keyId(), array(s)));
    }

    private byte[] array(Sealed s) {
      byte[] array = arrays.get(s.key() + s.field());
      return array == null ? s.bytes() : array;
    }
  }

  /** Takes the rows of a connection and leaves its secrets. */
  record DisconnectsHalf(Store store) implements Connections {
    @Override
    public boolean create(Connection connection) {
      return store.connections().create(connection);
    }

    @Override
    public Optional<Connection> find(ConnectionKey key) {
      return store.connections().find(key);
    }

    @Override
    public boolean replace(Connection seen, Connection next) {
      return store.connections().replace(seen, next);
    }

    @Override
    public List<Connection> unfinished() {
      return store.connections().unfinished();
    }

    @Override
    public List<Connection> ofAccount(String connector, String name) {
      return store.connections().ofAccount(connector, name);
    }

    @Override
    public List<Connection> list(String tenant) {
      return store.connections().list(tenant);
    }

    @Override
    public void disconnect(ConnectionKey key) {
      Correct secrets = new Correct(store.secrets());
      List<Secrets.Sealed> before = secrets.of(key);
      store.connections().disconnect(key);
      before.forEach(secrets::restore);
    }
  }
}
