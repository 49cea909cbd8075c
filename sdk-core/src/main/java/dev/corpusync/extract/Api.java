package dev.corpusync.extract;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP client of one connection: it authorises requests, keeps them within the connection's
 * origins, respects rate limits and retries. Calls block. Used by many threads. When a call fails
 * during a {@link Extractor#fetch fetch}, the page is discarded even if the exception was caught.
 *
 * @since 0.1
 */
public interface Api {
  /**
   * Sends a request and returns its reply.
   *
   * @throws dev.corpusync.error.RemoteException one of its kinds, by what should happen next
   */
  Reply send(Call call);

  /** Sends a request and returns its reply; empty when the API answers 404 or 410. */
  Optional<Reply> find(Call call);

  /**
   * Sends a request for one record. That the record is gone, denied or cannot be read is an answer,
   * not a failure of the page (P10). Rejected credentials and rate limits are thrown.
   */
  default Attempt attempt(Call call) {
    try {
      return find(call).<Attempt>map(Attempt.Found::new).orElseGet(Attempt.Gone::new);
    } catch (AccessDeniedException e) {
      return new Attempt.Denied(e.getMessage());
    } catch (RequestRefusedException
        | UnavailableException
        | MalformedReplyException
        | CursorExpiredException e) {
      return new Attempt.Failed(e);
    }
  }

  /**
   * Returns how long the API wants no further request of this connection; zero when it may be
   * called now, or the client does not know.
   */
  default Duration pause() {
    return Duration.ZERO;
  }

  /**
   * The answer to a request for one record.
   *
   * <p>These four are all: no release adds a fifth within a major version. Every other outcome is
   * an exception.
   */
  sealed interface Attempt {
    /** The record exists. */
    record Found(Reply reply) implements Attempt {}

    /** The record does not exist: 404 or 410. */
    record Gone() implements Attempt {}

    /** Access is denied (403): the record may exist or not (P5). */
    record Denied(String reason) implements Attempt {}

    /**
     * No usable answer after every retry: a 5xx, a refusal such as 400, a web page, a timeout.
     * Nothing is known of the record.
     */
    record Failed(RemoteException failure) implements Attempt {}
  }
}
