package dev.corpusync.extract;

import dev.corpusync.error.AccessDeniedException;
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
   * Sends a request for one record. That the record is gone or denied is an answer, not a failure
   * of the page.
   */
  default Attempt attempt(Call call) {
    try {
      return find(call).<Attempt>map(Attempt.Found::new).orElseGet(Attempt.Gone::new);
    } catch (AccessDeniedException e) {
      return new Attempt.Denied(e.getMessage());
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
   * <p>These three are all: no release adds a fourth within a major version. Every other outcome is
   * an exception.
   */
  sealed interface Attempt {
    /** The record exists. */
    record Found(Reply reply) implements Attempt {}

    /** The record does not exist: 404 or 410. */
    record Gone() implements Attempt {}

    /** Access is denied (403): the record may exist or not (P5). */
    record Denied(String reason) implements Attempt {}
  }
}
