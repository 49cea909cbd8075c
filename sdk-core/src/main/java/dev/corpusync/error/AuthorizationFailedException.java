package dev.corpusync.error;

/**
 * Connecting an account did not succeed: nothing was kept, and whoever tries again starts from the
 * beginning.
 */
public final class AuthorizationFailedException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  /** Why, by what to do. */
  public enum Reason {
    /** The person, or an administrator, said no. */
    DENIED,
    /** Consent was given, but not to all that the connector needs. */
    SCOPE_MISSING,
    /** The way back is none that we sent anybody: never begun here, or changed on the way. */
    STATE_FORGED,
    /** It took too long. */
    STATE_EXPIRED,
    /** The way back was taken before, or a newer attempt has replaced it. */
    STATE_USED,
    /** Another browser session, address or provider came back than the one that was sent. */
    ELSEWHERE,
    /** The provider no longer takes the code that it gave. */
    CODE_REFUSED,
    /** The provider is out of order: try again later. */
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

  public Reason reason() {
    return reason;
  }
}
