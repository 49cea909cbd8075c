package dev.corpusync.testkit.fake;

import java.util.Optional;

/**
 * The behaviour of an API: an answer to each request it knows. Called by one thread at a time.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FakeApi {
  /** Empty for a route that it does not know: answered with 404, and remembered as unmatched. */
  Optional<FakeReply> answer(FakeRequest request);

  /**
   * What a request asks for, where its path and query do not say it: faults, exchanges and answers
   * go by this.
   */
  default FakeRequest seen(FakeRequest request) {
    return request;
  }
}
