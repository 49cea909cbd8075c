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

/** The client of one connection: waits for its budget, asks, retries, judges. */
final class HttpApi implements Api {
  // What GitHub asks for when its secondary limit does not say.
  private static final Duration SECONDARY = Duration.ofSeconds(60);
  private final HttpExchange exchange;
  private final RateLimitGate budget;
  private final Retries retries;
  private final HttpClients.Limits limits;
  private final Time time;

  HttpApi(HttpExchange exchange, RateLimitGate budget, Retries retries, HttpClients.Limits limits, Time time) {
    this.exchange = exchange;
    this.budget = budget;
    this.retries = retries;
    this.limits = limits;
    this.time = time;
  }

  @Override
  public Reply send(Call call) {
    CallDeadline patience = new CallDeadline(call, budget, limits, time);
    // Ends: every refusal costs patience, which is finite.
    while (true) {
      Optional<Reply> reply = tried(call, patience);
      if (reply.isPresent()) {
        return reply.get();
      }
    }
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
    return budget.pause();
  }

  /** Empty when the API asked us to wait, or for newer credentials, which we have now. */
  private Optional<Reply> tried(Call call, CallDeadline patience) {
    try {
      return retries.run(() -> once(call, patience), patience::isOver);
    } catch (Retries.Passing e) {
      String why =
          patience.isOver()
              ? ", and no time is left for it: " + limits.total().toSeconds() + " s in all"
              : retries.areSpent()
                  ? ", and this run has repeated as much as it may"
                  : ", after every retry";
      throw new UnavailableException(
          e.getMessage() + why + ". Try again later; nothing was lost", e);
    }
  }

  private Optional<Reply> once(Call call, CallDeadline patience) {
    patience.awaitBudget();
    // Before the secret is even asked for: another origin is refused.
    HttpUrl url = exchange.resolve(call);
    Authorization sent = exchange.authorize();
    HttpExchange.Answer answer = exchange(call, url, sent, patience.left()).meant(call);
    if (answer.status() == 401 && patience.mayRenew() && exchange.renew(sent)) {
      return Optional.empty();
    }
    RateHeaders rate = new RateHeaders(answer, time.now());
    ResponseClassifier verdict = new ResponseClassifier(call, answer, rate);
    if (verdict.isRateLimit()) {
      int refusal = patience.refused();
      budget.closeFor(
          rate.waitOfLimit()
              .orElseGet(() -> verdict.isSecondaryLimit() ? SECONDARY : retries.untold(refusal)));
      if (patience.isOver()) {
        throw new UnavailableException(
            call
                + " was put off for "
                + limits.total().toSeconds()
                + " s in all. Try again later; nothing was lost");
      }
      return Optional.empty();
    }
    if (rate.isExhausted()) {
      rate.untilReset().ifPresent(budget::closeFor);
    }
    if (verdict.isPassing()) {
      rate.retryAfter().ifPresent(budget::closeFor);
      throw new Retries.Passing(call + " answered " + answer.said(), null);
    }
    verdict.check();
    return Optional.of(
        new Reply(
            call.toString(),
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.header("date").flatMap(RateHeaders::date)));
  }

  private HttpExchange.Answer exchange(
      Call call, HttpUrl url, Authorization authorization, Duration within) {
    try {
      return new SecretRedactor(authorization)
          .removedFrom(exchange.exchange(call, url, authorization, within));
    } catch (IOException e) {
      // Before anything else: a closed or interrupted call ends in whatever exception.
      exchange.refuseIfClosed(call);
      if (Thread.currentThread().isInterrupted()) {
        throw new SyncCancelledException("interrupted during " + call);
      }
      NetworkFailure lost = NetworkFailure.of(e, exchange.authority());
      throw new Retries.Passing(call + " " + lost.what(), lost.cause());
    }
  }
}
