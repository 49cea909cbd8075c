package dev.corpusync.auth;

/**
 * How the application authenticates at a token endpoint.
 *
 * @since 0.1
 */
public enum ClientAuthentication {
  /**
   * Id and secret in the {@code Authorization} header, each form-encoded first (RFC 6749, 2.3.1).
   */
  BASIC,
  /** Id and secret as form fields. */
  POST,
  /** The id alone: for a public client, which cannot keep a secret. */
  NONE,
  /** A JWT that the application signs for each request (RFC 7523). */
  PRIVATE_KEY_JWT
}
