package dev.corpusync.sync;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sharp drop of one scope: a deletion awaiting approval (P7), without the ids of its items, of
 * which there may be a million: {@link dev.corpusync.store.Journal#heldIds} reads them in pages.
 * Immutable.
 *
 * @since 0.1
 */
public final class HeldDeletion {

  private final String plan;
  private final Scope scope;
  private final int missing;
  private final int total;
  private final Instant since;
  private final int documents;
  private final Reason reason;

  private HeldDeletion(Builder from) {
    plan = from.plan;
    scope = from.scope;
    missing = from.missing;
    total = from.total;
    since = from.since;
    documents = from.documents;
    reason = from.reason;
  }

  /** Why items are missing. A later version may add values: switch with a default. */
  public enum Reason {
    /** The listing of the source lacks them. */
    LISTING,
    /** A changed setting no longer selects them: see {@code Corpusync.reconfigure}. */
    SETTINGS
  }

  /** Returns a builder of a plan that deletes nothing. */
  public static Builder builder(String plan, Scope scope) {
    return new Builder(plan, scope);
  }

  /** The id of the plan, for approving or dismissing it. */
  public String plan() {
    return plan;
  }

  /** The scope whose listing missed the items. */
  public Scope scope() {
    return scope;
  }

  /** How many items would be deleted; a store counts those that it holds. */
  public int missing() {
    return missing;
  }

  /** How many items the scope holds. */
  public int total() {
    return total;
  }

  /** When the drop was found. */
  public Instant since() {
    return since;
  }

  /** How many documents would be deleted, with everything below the items. */
  public int documents() {
    return documents;
  }

  /** Why the items are missing. */
  public Reason reason() {
    return reason;
  }

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HeldDeletion o
        && plan.equals(o.plan)
        && scope.equals(o.scope)
        && missing == o.missing
        && total == o.total
        && since.equals(o.since)
        && documents == o.documents
        && reason == o.reason;
  }

  @Override
  public int hashCode() {
    return Objects.hash(plan, scope, missing, total, since, documents, reason);
  }

  /** Holds no ids. */
  @Override
  public String toString() {
    return "HeldDeletion[plan="
        + plan
        + ", scope="
        + scope
        + ", missing="
        + missing
        + ", total="
        + total
        + ", since="
        + since
        + ", documents="
        + documents
        + ", reason="
        + reason
        + "]";
  }

  /** Collects a held deletion. */
  public static final class Builder {
    private final String plan;
    private final Scope scope;
    private int missing = 0;
    private int total = 0;
    private Instant since = Instant.EPOCH;
    private int documents = 0;
    private Reason reason = Reason.LISTING;

    private Builder(String plan, Scope scope) {
      this.plan = plan;
      this.scope = scope;
    }

    private Builder(HeldDeletion from) {
      plan = from.plan;
      scope = from.scope;
      missing = from.missing;
      total = from.total;
      since = from.since;
      documents = from.documents;
      reason = from.reason;
    }

    public Builder missing(int value) {
      missing = value;
      return this;
    }

    public Builder total(int value) {
      total = value;
      return this;
    }

    public Builder since(Instant value) {
      since = value;
      return this;
    }

    public Builder documents(int value) {
      documents = value;
      return this;
    }

    public Builder reason(Reason value) {
      reason = value;
      return this;
    }

    public HeldDeletion build() {
      return new HeldDeletion(this);
    }
  }
}
