package dev.corpusync.extract;

import java.util.Optional;

/**
 * The client of one connection: authorised, within its origins, rate-limited, retried. Blocks. Safe for use by many threads. During a
 * {@code fetch} the engine watches it: when any call has failed, the page is thrown away even if the exception was caught.
 */
public interface Api {
  /**
   * @throws dev.corpusync.error.RemoteException one of its kinds, by what should happen next
   */
  Reply send(Call call);

  /** The reply, or empty when the API says that there is nothing (404, 410). */
  Optional<Reply> find(Call call);
}
