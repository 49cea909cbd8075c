package dev.corpusync.sync;

/**
 * Why a run did not succeed, by who can do something about it. A later version may add values:
 * switch with a default.
 *
 * @since 0.1
 */
public enum FailureKind {
  /** The run did not fail. */
  NONE,
  /** The API rejects the credentials, or they open another account: sign in again. */
  AUTHORISATION,
  /** The API accepts the credentials, and denies some of what the connector reads: grant more. */
  PERMISSION,
  /** What answers at the address is not the API: correct the address. */
  WRONG_SITE,
  /** The API does not answer, or answers only with errors: it may recover. */
  UNREACHABLE,
  /** Anything else; {@link Run#message()} says what. */
  OTHER
}
