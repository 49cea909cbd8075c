package dev.corpusync.error;

/**
 * Connecting an account failed; nothing was stored. Start again from the beginning.
 *
 * @since 0.1
 */
public final class AuthorizationFailedException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  /** Why it failed. A later version may add values: switch with a default. */
  public enum Reason {
    /** The person, or an administrator, declined. */
    DENIED,
    /** Consent was given, but not to all that the connector needs. */
    SCOPE_MISSING,
    /** The {@code state} of the redirect was never issued here, or was altered. */
    STATE_FORGED,
    /** It took too long. */
    STATE_EXPIRED,
    /** The {@code state} of the redirect was used before, or a newer attempt has replaced it. */
    STATE_USED,
    /** The redirect came from another browser session, address or provider than it was sent to. */
    ELSEWHERE,
    /** The provider no longer accepts the code that it issued. */
    CODE_REFUSED,
    /** The provider fails: try again later. */
    PROVIDER,
    /**
     * The provider refuses the application itself: an administrator must look at its registration.
     */
    REGISTRATION
  }

  private final Reason reason;

  public AuthorizationFailedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns why it failed. */
  public Reason reason() {
    return reason;
  }
}
