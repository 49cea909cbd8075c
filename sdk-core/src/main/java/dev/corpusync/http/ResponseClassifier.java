package dev.corpusync.http;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Classifies an answer by what to do next: wait, retry, use it, or throw the exception of its
 * status. Messages hold the call and the status, never the body.
 */
final class ResponseClassifier {
  /** What large APIs give as the reason of a 403 that is a limit; each a whole JSON text. */
  private static final List<String> LIMIT_REASONS =
      List.of(
          "ratelimitexceeded",
          "userratelimitexceeded",
          "quotaexceeded",
          "dailylimitexceeded",
          "request_limit_exceeded",
          "too_many_requests",
          "rate_limited");

  private final Call call;
  private final HttpExchange.Answer answer;
  private final RateHeaders rate;

  ResponseClassifier(Call call, HttpExchange.Answer answer, RateHeaders rate) {
    this.call = call;
    this.answer = answer;
    this.rate = rate;
  }

  /** Whether the answer says "too many requests": a 429, or a 403 that is not about permission. */
  boolean isRateLimit() {
    if (call.expired().contains(answer.status())) {
      return false;
    }
    return answer.status() == 429 || isSecondaryLimit();
  }

  boolean isSecondaryLimit() {
    return answer.status() == 403
        && (answer.header("retry-after").isPresent() || rate.isExhausted() || bodySaysLimit());
  }

  /** Whether the same request may succeed in a while. */
  boolean isTransientFailure() {
    int status = answer.status();
    return !call.expired().contains(status) && (status == 408 || status == 425 || status >= 500);
  }

  /** Throws the exception of a bad status; returns for an answer that can be used. */
  void check() {
    int status = answer.status();
    String answered = call + " answered " + answer.said();
    if (call.expired().contains(status)) {
      throw new CursorExpiredException(answered + ": the API no longer knows the cursor");
    }
    if (status >= 200 && status < 300) {
      refusePages(answered);
      return;
    }
    switch (status) {
      case 304 -> refuseUnasked(answered);
      case 401 ->
          throw new CredentialsRejectedException(
              answered + ": the credentials are not accepted. Authorise the connection again");
      case 403 ->
          throw new AccessDeniedException(
              answered
                  + ": the credentials may not see this"
                  + scopes("x-accepted-oauth-scopes", "it takes one of the scopes ")
                  + scopes("x-oauth-scopes", "they have the scopes ")
                  + ". Grant access and run again");
      case 404, 410 ->
          throw new NotFoundException(
              answered + ": it is not there, or not shown to these credentials");
      default ->
          throw new RequestRefusedException(
              answered + ": the API refuses the request itself, so it is not repeated");
    }
  }

  /** A login page or a proxy's notice with a 200 is no empty page. */
  private void refusePages(String answered) {
    byte[] body = answer.body();
    boolean html =
        answer
            .header("content-type")
            .filter(t -> t.toLowerCase(Locale.ROOT).contains("html"))
            .isPresent();
    if (body.length > 0 && (html || firstCharacter(body) == '<')) {
      throw new MalformedReplyException(
          answered
              + " with a web page: it looks like a login page, check the base URL and the credentials");
    }
  }

  private static int firstCharacter(byte[] body) {
    boolean marked = body.length > 2 && (body[0] & 0xff) == 0xef && (body[1] & 0xff) == 0xbb;
    for (int at = marked ? 3 : 0; at < body.length; at++) {
      if (body[at] < 0 || body[at] > ' ') {
        return body[at];
      }
    }
    return -1;
  }

  // "Not modified" means what is stored only if we said what is stored.
  private void refuseUnasked(String answered) {
    boolean asked =
        call.headers().keySet().stream()
            .anyMatch(
                h ->
                    h.equalsIgnoreCase("If-None-Match") || h.equalsIgnoreCase("If-Modified-Since"));
    if (!asked) {
      throw new MalformedReplyException(answered + " though nothing was asked conditionally");
    }
  }

  private boolean bodySaysLimit() {
    String start =
        new String(answer.body(), 0, Math.min(answer.body().length, 2_000), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT);
    return start.contains("rate limit")
        || start.contains("abuse detection")
        || LIMIT_REASONS.stream().anyMatch(reason -> start.contains('"' + reason + '"'));
  }

  /** GitHub names the scopes that would do; scope names are no secret. */
  private String scopes(String header, String say) {
    return answer
        .header(header)
        .filter(s -> s.matches("[a-zA-Z0-9:_., -]{1,200}"))
        .map(s -> " (" + say + s + ")")
        .orElse("");
  }
}
