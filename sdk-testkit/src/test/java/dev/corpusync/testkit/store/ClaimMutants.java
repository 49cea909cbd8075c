package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Secrets;
import java.time.Instant;
import java.util.Map;

/** Secrets whose claims follow a rule of their own. */
final class ClaimMutants {
  private ClaimMutants() {}

  record Claim(String owner, Instant until) {}

  /** Whether a claim that one owner has lets another one in. */
  interface Door {
    boolean opens(Claim held, String owner, Instant now);

    static boolean right(Claim held, String owner, Instant now) {
      return held.owner().equals(owner) || !held.until().isAfter(now);
    }
  }

  /** Keeps claims by a rule of its own. */
  static final class Claims extends SecretsMutants.Correct {
    private final Map<String, Claim> table;
    private final Door door;
    private final boolean endedByAnybody;
    private final boolean erased;

    Claims(
        Secrets real, Map<String, Claim> table, Door door, boolean endedByAnybody, boolean erased) {
      super(real);
      this.table = table;
      this.door = door;
      this.endedByAnybody = endedByAnybody;
      this.erased = erased;
    }

    private static String place(ConnectionKey key, String field) {
      return key + "/" + field;
    }

    @Override
    public boolean claim(
        ConnectionKey key, String field, String owner, Instant now, Instant until) {
      synchronized (table) {
        Claim held = table.get(place(key, field));
        if (held != null && !door.opens(held, owner, now)) {
          return false;
        }
        table.put(place(key, field), new Claim(owner, until));
        return true;
      }
    }

    @Override
    public void release(ConnectionKey key, String field, String owner) {
      synchronized (table) {
        Claim held = table.get(place(key, field));
        if (held != null && (endedByAnybody || held.owner().equals(owner))) {
          table.remove(place(key, field));
        }
      }
    }

    @Override
    public void erase(ConnectionKey key) {
      real.erase(key);
      synchronized (table) {
        table.keySet().removeIf(place -> erased && place.startsWith(key + "/"));
      }
    }
  }
}
