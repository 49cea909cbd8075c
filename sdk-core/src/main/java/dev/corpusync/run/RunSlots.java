package dev.corpusync.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many runs work at once in this process: of all tenants and of each one. Safe for many
 * threads.
 */
public final class RunSlots {
  private final int ofProcess;
  private final int ofTenant;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /** The right of one run to work. */
  public final class Slot {
    private final String tenant;
    private boolean returned;

    private Slot(String tenant) {
      this.tenant = tenant;
    }

    /** Lets another run have it. Does nothing when called again. */
    public void giveBack() {
      synchronized (RunSlots.this) {
        if (!returned) {
          returned = true;
          all--;
          taken.computeIfPresent(tenant, (t, n) -> n == 1 ? null : n - 1);
        }
      }
    }
  }

  public RunSlots(int ofProcess, int ofTenant) {
    this.ofProcess = ofProcess;
    this.ofTenant = ofTenant;
  }

  /** Returns a slot; empty when as many runs work as may. */
  public synchronized Optional<Slot> tryTake(String tenant) {
    if (all >= ofProcess || of(tenant) >= ofTenant) {
      return Optional.empty();
    }
    return Optional.of(take(tenant));
  }

  /** Returns a slot beside the bounds. */
  synchronized Slot take(String tenant) {
    all++;
    taken.merge(tenant, 1, Integer::sum);
    return new Slot(tenant);
  }

  /** Returns how many runs of this tenant work. */
  public synchronized int of(String tenant) {
    return taken.getOrDefault(tenant, 0);
  }

  @Override
  public String toString() {
    return ofProcess + " in a process, " + ofTenant + " of a tenant";
  }
}
