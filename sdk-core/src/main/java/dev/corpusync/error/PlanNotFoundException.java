package dev.corpusync.error;

/**
 * No held deletion has this plan id: it was approved, dismissed, or replaced by a later listing.
 * List the held deletions and decide on one of them.
 *
 * @since 0.1
 */
public final class PlanNotFoundException extends ConnectionException {
  private static final long serialVersionUID = 1L;
  private final String plan;

  public PlanNotFoundException(String connection, String plan) {
    super(
        connection,
        "plan '"
            + plan
            + "' names no held deletion of connection '"
            + connection
            + "': it was approved or dismissed, or a later listing replaced it. List"
            + " the held deletions");
    this.plan = plan;
  }

  /** Returns the plan id that was asked for. */
  public String plan() {
    return plan;
  }
}
