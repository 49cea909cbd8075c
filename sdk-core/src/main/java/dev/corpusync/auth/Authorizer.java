package dev.corpusync.auth;

/**
 * Authorizes the requests of one connection. The HTTP client asks it before each request, from any
 * thread; it may block while it gets a new token.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authorizer {
  /**
   * Returns the credentials of the next request.
   *
   * @throws dev.corpusync.error.CredentialsRejectedException when there is nothing to send
   */
  Authorization authorize();

  /**
   * Renews the credentials after the API answered 401 to what {@link #authorize} returned.
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
