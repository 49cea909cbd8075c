package dev.corpusync.sync;

import dev.corpusync.document.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sharp drop of one scope: a deletion awaiting approval (P7). Immutable.
 *
 * @since 0.1
 */
public final class HeldDeletion {

  private final String plan;
  private final Scope scope;
  private final List<Ref> refs;
  private final int missing;
  private final int total;
  private final Instant since;

  private HeldDeletion(Builder from) {
    plan = from.plan;
    scope = from.scope;
    refs = List.copyOf(from.refs);
    missing = from.missing;
    total = from.total;
    since = from.since;
  }

  /** Returns a builder of a plan that deletes nothing. */
  public static Builder builder(String plan, Scope scope) {
    return new Builder(plan, scope);
  }

  /** Returns the plan to delete these items of a scope that holds {@code total}. */
  public static HeldDeletion of(
      String plan, Scope scope, List<Ref> refs, int total, Instant since) {
    return builder(plan, scope).refs(refs).missing(refs.size()).total(total).since(since).build();
  }

  /** Returns the same plan for fewer items. */
  public HeldDeletion withRefs(List<Ref> fewer) {
    return toBuilder().refs(fewer).missing(fewer.size()).build();
  }

  /** Returns the same plan as it is listed: with the number of its items, and without them. */
  public HeldDeletion withoutRefs() {
    return toBuilder().refs(List.of()).build();
  }

  /** The id of the plan, for approving or dismissing it. */
  public String plan() {
    return plan;
  }

  /** The scope whose listing missed the items. */
  public Scope scope() {
    return scope;
  }

  /** The items to delete; empty in a list of plans, see {@link #missing()}. */
  public List<Ref> refs() {
    return refs;
  }

  /** How many items would be deleted. */
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

  /** Returns a builder that starts with the values of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HeldDeletion o
        && plan.equals(o.plan)
        && scope.equals(o.scope)
        && refs.equals(o.refs)
        && missing == o.missing
        && total == o.total
        && since.equals(o.since);
  }

  @Override
  public int hashCode() {
    return Objects.hash(plan, scope, refs, missing, total, since);
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
        + "]";
  }

  /** Collects a held deletion. */
  public static final class Builder {
    private final String plan;
    private final Scope scope;
    private List<Ref> refs = List.of();
    private int missing = 0;
    private int total = 0;
    private Instant since = Instant.EPOCH;

    private Builder(String plan, Scope scope) {
      this.plan = plan;
      this.scope = scope;
    }

    private Builder(HeldDeletion from) {
      plan = from.plan;
      scope = from.scope;
      refs = from.refs;
      missing = from.missing;
      total = from.total;
      since = from.since;
    }

    public Builder refs(List<Ref> value) {
      refs = value;
      return this;
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

    public HeldDeletion build() {
      return new HeldDeletion(this);
    }
  }
}
