package dev.corpusync.sync;

/**
 * Why a request got no whole answer. More kinds may come: a switch over them needs a default
 * branch.
 *
 * @since 0.1
 */
public enum RequestFailure {
  /** The name of the host could not be resolved. */
  UNKNOWN_HOST,
  /** No connection to the host could be opened. */
  UNREACHABLE,
  /** The TLS handshake or the certificate failed. */
  TLS,
  /** The time to connect, to read or for the whole exchange was over. */
  TIMEOUT,
  /** The connection broke off before the whole answer was read. */
  CONNECTION_LOST,
  /** The client was closed, or the calling thread was interrupted. */
  CANCELLED,
  /** The answer was read only in part, since it is too large or cannot be decoded. */
  UNREADABLE
}
