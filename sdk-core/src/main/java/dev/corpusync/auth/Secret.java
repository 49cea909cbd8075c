package dev.corpusync.auth;

/**
 * A token or password. It cannot be printed, compared or serialised; only the HTTP adapter reveals
 * it, to its own origin (P11).
 *
 * @since 0.1
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** Returns the value. Never store, log or compare it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
