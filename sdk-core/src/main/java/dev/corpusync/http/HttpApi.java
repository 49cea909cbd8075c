package dev.corpusync.http;

import dev.corpusync.auth.Authorization;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The API client of one connection: waits for the rate limit, sends the request, repeats what can
 * be repeated, and turns a bad status into an exception. Safe for many threads.
 */
final class HttpApi implements Api {
  // What GitHub asks for when its secondary limit does not say.
  private static final Duration SECONDARY_LIMIT_WAIT = Duration.ofSeconds(60);
  private final HttpExchange http;
  private final RateLimitGate gate;
  private final Retries retries;
  private final HttpClients.Limits limits;
  private final Time time;

  HttpApi(
      HttpExchange http,
      RateLimitGate gate,
      Retries retries,
      HttpClients.Limits limits,
      Time time) {
    this.http = http;
    this.gate = gate;
    this.retries = retries;
    this.limits = limits;
    this.time = time;
  }

  @Override
  public Reply send(Call call) {
    CallDeadline deadline = new CallDeadline(call, gate, limits, time);
    // Ends: a rate limit is waited for within the deadline, and credentials are renewed once.
    return retries.untilPresent(() -> withRetries(call, deadline));
  }

  @Override
  public Optional<Reply> find(Call call) {
    try {
      return Optional.of(send(call));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Duration pause() {
    return gate.pause();
  }

  /** Empty when the request must be sent again: after a rate limit, or with renewed credentials. */
  private Optional<Reply> withRetries(Call call, CallDeadline deadline) {
    try {
      return retries.run(() -> attempt(call, deadline), deadline::isOver);
    } catch (Retries.TransientFailure e) {
      String why =
          deadline.isOver()
              ? ", and no time is left for it: " + limits.total().toSeconds() + " s in all"
              : retries.areSpent()
                  ? ", and this run has repeated as much as it may"
                  : ", after every retry";
      throw new UnavailableException(
          e.getMessage() + why + ". Try again later; nothing was lost", e);
    }
  }

  private Optional<Reply> attempt(Call call, CallDeadline deadline) {
    deadline.beginAttempt();
    // Before the secret is even asked for: another origin is refused.
    HttpUrl url = http.resolve(call);
    Authorization sent = http.authorize();
    HttpExchange.Answer answer = exchange(call, url, sent, deadline).withStatusOfBody(call);
    if (answer.status() == 401 && deadline.mayRenew() && http.renew(sent)) {
      return Optional.empty();
    }
    RateHeaders rate = new RateHeaders(answer, time.now());
    ResponseClassifier response = new ResponseClassifier(call, answer, rate);
    if (response.isRateLimit()) {
      closeGate(call, deadline, rate, response);
      return Optional.empty();
    }
    if (rate.isExhausted()) {
      rate.untilReset().ifPresent(gate::closeFor);
    }
    if (response.isTransientFailure()) {
      rate.retryAfter().ifPresent(gate::closeFor);
      throw new Retries.TransientFailure(call + " answered " + answer.said(), null);
    }
    response.check();
    return Optional.of(
        new Reply(
            call.toString(),
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.header("date").flatMap(RateHeaders::date)));
  }

  private void closeGate(
      Call call, CallDeadline deadline, RateHeaders rate, ResponseClassifier response) {
    int refusals = deadline.countRefusal();
    gate.closeFor(
        rate.waitOfLimit()
            .orElseGet(
                () ->
                    response.isSecondaryLimit()
                        ? SECONDARY_LIMIT_WAIT
                        : retries.waitAfterRefusals(refusals)));
    if (deadline.isOver()) {
      throw new UnavailableException(
          call
              + " was put off for "
              + limits.total().toSeconds()
              + " s in all. Try again later; nothing was lost");
    }
  }

  private HttpExchange.Answer exchange(
      Call call, HttpUrl url, Authorization authorization, CallDeadline deadline) {
    try {
      return new SecretRedactor(authorization)
          .redact(http.exchange(call, url, authorization, deadline));
    } catch (IOException e) {
      // Before anything else: a closed or interrupted call ends in whatever exception.
      http.refuseIfClosed(call);
      if (Thread.currentThread().isInterrupted()) {
        throw new SyncCancelledException("interrupted during " + call);
      }
      NetworkFailure failure = NetworkFailure.of(e, http.authority());
      throw new Retries.TransientFailure(call + " " + failure.what(), failure.cause());
    }
  }
}
