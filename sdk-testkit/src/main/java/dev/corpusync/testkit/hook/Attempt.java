package dev.corpusync.testkit.hook;

import java.io.IOException;
import java.util.Optional;

/**
 * What became of one delivery, sent once: an answer, or none.
 *
 * @param id of the delivery
 * @param broken why there is no answer: nobody listened, the connection broke, it took too long
 * @since 0.1
 */
public record Attempt(String id, Optional<Answer> answer, Optional<IOException> broken) {
  /**
   * What came back.
   *
   * @param contentType blank if there was none
   * @param body its beginning
   */
  public record Answer(int status, String contentType, String body) {
    /** Without the body, in which anything may be. */
    @Override
    public String toString() {
      return status + " " + contentType;
    }
  }

  /** Whether the source may forget it. */
  public boolean isAccepted() {
    return answer.map(a -> a.status() / 100 == 2).orElse(false);
  }
}
