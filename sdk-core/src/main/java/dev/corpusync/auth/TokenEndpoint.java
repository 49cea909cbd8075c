package dev.corpusync.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts to the token endpoint of an authorization server. The HTTP client implements it. Each call
 * is one request, never repeated and never redirected, since a refresh token may be good for one
 * use only.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TokenEndpoint {
  /**
   * Posts a form.
   *
   * @param headers names and values, which may be secret
   * @param form encoded by the adapter, in this order; values may be secret
   * @return what was answered, whatever its status
   * @throws IOException when no whole answer came; the server may have acted all the same
   */
  Answer post(URI endpoint, Map<String, Secret> headers, List<Field> form) throws IOException;

  /** One field of a form. */
  record Field(String name, Secret value) {}

  /** An answer; its body may hold secrets, so it is never printed. */
  final class Answer {
    private final int status;
    private final String contentType;
    private final transient byte[] body;
    private final Optional<Instant> date;
    private final Optional<Duration> retryAfter;

    public Answer(int status, String contentType, byte[] body, Optional<Instant> date) {
      this(status, contentType, body, date, Optional.empty());
    }

    public Answer(
        int status,
        String contentType,
        byte[] body,
        Optional<Instant> date,
        Optional<Duration> retryAfter) {
      this.status = status;
      this.contentType = contentType;
      this.body = body;
      this.date = date;
      this.retryAfter = retryAfter;
    }

    public int status() {
      return status;
    }

    public String contentType() {
      return contentType;
    }

    public byte[] body() {
      return body;
    }

    /** By the server's clock, where it says so. */
    public Optional<Instant> date() {
      return date;
    }

    /**
     * Returns how long the server asks to wait before the next request; empty if it does not say.
     */
    public Optional<Duration> retryAfter() {
      return retryAfter;
    }

    /** The status only. */
    @Override
    public String toString() {
      return "Answer " + status;
    }
  }
}
