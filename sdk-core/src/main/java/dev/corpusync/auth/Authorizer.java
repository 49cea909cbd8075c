package dev.corpusync.auth;

/**
 * Lets the requests of one connection in. The HTTP adapter asks it before each request, from any
 * thread; it may block while it gets a new token.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authorizer {
  /**
   * @throws dev.corpusync.error.CredentialsRejectedException when there is nothing to send
   */
  Authorization authorize();

  /**
   * The API answered 401 to what {@link #authorize} gave.
   *
   * @return whether there is something newer to send: the request is then made once more
   */
  default boolean renew(Authorization refused) {
    return false;
  }

  /** For an API without authentication. */
  static Authorizer none() {
    return Authorization::none;
  }
}
