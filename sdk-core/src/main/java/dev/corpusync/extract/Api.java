package dev.corpusync.extract;

import dev.corpusync.error.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;

/**
 * The client of one connection: authorised, within its origins, rate-limited, retried. Blocks. Safe
 * for use by many threads. During a {@code fetch} the engine watches it: when any call has failed,
 * the page is thrown away even if the exception was caught.
 */
public interface Api {
  /**
   * @throws dev.corpusync.error.RemoteException one of its kinds, by what should happen next
   */
  Reply send(Call call);

  /** The reply, or empty when the API says that there is nothing (404, 410). */
  Optional<Reply> find(Call call);

  /**
   * Asks for one thing whose being gone, or denied to us, is an answer and not a failure of the
   * page.
   */
  default Attempt attempt(Call call) {
    try {
      return find(call).<Attempt>map(Attempt.Found::new).orElseGet(Attempt.Gone::new);
    } catch (AccessDeniedException e) {
      return new Attempt.Denied(e.getMessage());
    }
  }

  /**
   * How long this API wants no request of this connection, as far as it has said; zero when it may
   * be asked now, and for a client that cannot tell.
   */
  default Duration pause() {
    return Duration.ZERO;
  }

  /** What became of asking for one thing. */
  sealed interface Attempt {
    /** It is there. */
    record Found(Reply reply) implements Attempt {}

    /** 404 or 410. */
    record Gone() implements Attempt {}

    /** 403: it may be there or not (P5). */
    record Denied(String reason) implements Attempt {}
  }
}
