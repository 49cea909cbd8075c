package dev.corpusync.http;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What an answer means, by what should happen next. Messages hold the call and the status, never
 * the body.
 */
final class Verdict {
  private final Call call;
  private final Wire.Answer answer;
  private final RateHeaders rate;

  Verdict(Call call, Wire.Answer answer, RateHeaders rate) {
    this.call = call;
    this.answer = answer;
    this.rate = rate;
  }

  /**
   * Too many requests, in whichever way this API says it: 429, or a 403 that is none of permission.
   */
  boolean isRateLimit() {
    if (call.expired().contains(answer.status())) {
      return false;
    }
    return answer.status() == 429
        || (answer.status() == 403
            && (answer.header("retry-after").isPresent() || rate.isExhausted() || bodySaysLimit()))
        || (answer.status() == 503 && answer.header("retry-after").isPresent());
  }

  /** Throws what the status calls for; returns for an answer that can be used. */
  void check() {
    int status = answer.status();
    if (call.expired().contains(status)) {
      throw new CursorExpiredException(
          call + " answered " + status + ": the API no longer knows the cursor");
    }
    if (status >= 200 && status < 300) {
      refusePages();
      return;
    }
    switch (status) {
      case 304 -> {}
      case 401 ->
          throw new CredentialsRejectedException(
              call
                  + " answered 401: the credentials are not accepted. Authorise the connection again");
      case 403 ->
          throw new AccessDeniedException(
              call
                  + " answered 403: the credentials may not see this"
                  + scopes()
                  + ". Grant access and run again");
      case 404, 410 ->
          throw new NotFoundException(
              call
                  + " answered "
                  + status
                  + ": it is not there, or not shown to these credentials");
      case 408, 425, 500, 502, 503, 504, 520, 521, 522, 524, 529 ->
          throw new Retries.Passing(call + " answered " + status);
      default -> {
        if (status >= 500) {
          throw new Retries.Passing(call + " answered " + status);
        }
        throw new RequestRefusedException(
            call
                + " answered "
                + status
                + ": the API refuses the request itself, so it is not repeated");
      }
    }
  }

  /** A login page or a proxy's notice with a 200 is no empty page. */
  private void refusePages() {
    boolean html =
        answer
            .header("content-type")
            .filter(t -> t.toLowerCase(Locale.ROOT).contains("html"))
            .isPresent();
    if (html || (answer.body().length > 0 && answer.body()[0] == '<')) {
      throw new MalformedReplyException(
          call
              + " answered "
              + answer.status()
              + " with a web page: it looks like a login page. Check the base URL and the credentials");
    }
  }

  private boolean bodySaysLimit() {
    String start =
        new String(answer.body(), 0, Math.min(answer.body().length, 2_000), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT);
    return start.contains("rate limit") || start.contains("abuse detection");
  }

  /** GitHub names the scopes that would do; scope names are no secret. */
  private String scopes() {
    Optional<String> accepted =
        answer.header("x-accepted-oauth-scopes").filter(s -> s.matches("[a-zA-Z0-9:_, -]{1,200}"));
    return accepted.map(s -> " (it takes one of the scopes " + s + ")").orElse("");
  }
}
