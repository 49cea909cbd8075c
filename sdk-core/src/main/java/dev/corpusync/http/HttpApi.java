package dev.corpusync.http;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of one connection: waits for its budget, asks, retries, judges. */
final class HttpApi implements Api {
  private static final Logger log = LoggerFactory.getLogger(HttpApi.class);
  private static final Duration UNTOLD = Duration.ofSeconds(60);
  private final ConnectionKey key;
  private final Wire wire;
  private final RateBudget budget;
  private final Retries retries;
  private final Duration longestWait;
  private final Time time;

  HttpApi(
      ConnectionKey key,
      Wire wire,
      RateBudget budget,
      Retries retries,
      Duration longestWait,
      Time time) {
    this.key = key;
    this.wire = wire;
    this.budget = budget;
    this.retries = retries;
    this.longestWait = longestWait;
    this.time = time;
  }

  @Override
  public Reply send(Call call) {
    Duration waited = Duration.ZERO;
    while (true) {
      waited = waited.plus(await(call, waited));
      Optional<Reply> reply = tried(call);
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

  /**
   * Waits until the connection's budget is open, if that is soon; a long wait gives the worker
   * back.
   */
  private Duration await(Call call, Duration waited) {
    Duration pause = budget.pause();
    if (waited.plus(pause).compareTo(longestWait) > 0) {
      throw new RateLimitedException(
          call
              + ": the API asks for a wait of "
              + pause.toSeconds()
              + " s. The next run goes on from the last commit",
          pause);
    }
    if (!pause.isZero()) {
      Retries.pause(time, pause);
    }
    return pause;
  }

  /** Empty when the API asked us to wait. */
  private Optional<Reply> tried(Call call) {
    try {
      return retries.run(() -> once(call));
    } catch (Retries.Passing e) {
      throw new UnavailableException(
          e.getMessage() + ", after every retry. Try again later; nothing was lost", e);
    }
  }

  private Optional<Reply> once(Call call) {
    Wire.Answer answer;
    try {
      answer = wire.exchange(call);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new SyncCancelledException("interrupted during " + call, e);
      }
      throw new Retries.Passing(call + " " + failure(e), e);
    }
    log.debug("exchange connection={} call=\"{}\" status={}", key, call, answer.status());
    RateHeaders rate = new RateHeaders(answer, time.now());
    Verdict verdict = new Verdict(call, answer, rate);
    if (verdict.isRateLimit()) {
      budget.closeFor(rate.wait(true).orElse(UNTOLD));
      return Optional.empty();
    }
    rate.wait(false).filter(wait -> rate.isExhausted()).ifPresent(budget::closeFor);
    verdict.check();
    return Optional.of(
        new Reply(
            call.toString(),
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.header("date").flatMap(RateHeaders::date)));
  }

  private static String failure(IOException e) {
    if (e instanceof ConnectException || e instanceof UnknownHostException) {
      return "could not connect: check the address, the network and the firewall";
    }
    return e instanceof SocketTimeoutException
        ? "got no answer in time"
        : "got no whole answer: the connection broke off";
  }
}
