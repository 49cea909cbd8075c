package dev.corpusync.oauth;

import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the tokens of a connection once: claims the renewal, so that one of all processes does it;
 * reads the tokens again under the claim; asks the provider; and stores the new tokens before they
 * are used. For one thread at a time.
 */
final class TokenRenewal {
  // Longer than an exchange can take; each attempt claims anew.
  private static final Duration CLAIM = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(TokenRenewal.class);
  private final TokenStore kept;
  private final TokenRequests requests;
  private final Time time;
  private final RandomGenerator random;
  private volatile Optional<Unsaved> unsaved = Optional.empty();
  private volatile Instant retryNotBefore = Instant.MIN;

  /** What the provider gave when the store could not be written. */
  private record Unsaved(TokenSet old, TokenSet next) {}

  TokenRenewal(TokenStore kept, TokenRequests requests, Time time, RandomGenerator random) {
    this.kept = kept;
    this.requests = requests;
    this.time = time;
    this.random = random;
  }

  boolean isUnsaved() {
    return unsaved.isPresent();
  }

  /** Usable tokens, renewed if need be; empty while another process is at it. */
  Optional<TokenSet> attempt(Predicate<TokenSet> usable) {
    unsaved.ifPresent(u -> save(u.old(), u.next()));
    byte[] name = new byte[12];
    random.nextBytes(name);
    String owner = HexFormat.of().formatHex(name);
    if (!claim(owner)) {
      return Optional.of(kept.get()).filter(usable);
    }
    try {
      TokenSet now = kept.get();
      return usable.test(now) ? Optional.of(now) : asked(owner, now);
    } finally {
      release(owner);
    }
  }

  private Optional<TokenSet> asked(String owner, TokenSet old) {
    refuseBeforeRetryAfter();
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(save(old, requests.renew(old)));
      } catch (GrantRefused e) {
        return Optional.of(refused(old, e));
      } catch (RateLimitedException e) {
        if (attempt == ATTEMPTS || e.retryAfter().compareTo(LONGEST_PAUSE) > 0) {
          retryNotBefore = time.now().plus(e.retryAfter());
          throw e;
        }
        // At least as long as it said.
        pause(e.retryAfter().multipliedBy(2));
        if (!claim(owner)) {
          return Optional.empty();
        }
      } catch (UnavailableException | MalformedReplyException e) {
        // The answer may be all that was lost. Providers that forgive a repetition do so for
        // seconds only, so it is made now; the others refuse it, which is then said.
        if (attempt == ATTEMPTS) {
          throw e;
        }
        log.info(
            "tokens not renewed connection={} attempt={} reason=\"{}\"",
            kept.key(),
            attempt,
            e.getMessage());
        pause(FIRST_PAUSE.multipliedBy(1L << attempt));
        if (!claim(owner)) {
          return Optional.empty();
        }
      }
    }
  }

  private void refuseBeforeRetryAfter() {
    Instant now = time.now();
    if (retryNotBefore.isAfter(now)) {
      Duration left = Duration.between(now, retryNotBefore);
      throw new RateLimitedException(
          "the token endpoint of "
              + kept.key()
              + " sent Retry-After: no request for another "
              + left.toSeconds()
              + " s",
          left);
    }
  }

  /** Another process may have renewed while we asked with what was then the old token. */
  private TokenSet refused(TokenSet old, GrantRefused e) {
    TokenSet there = kept.replace(old, old.asRefused());
    if (there.refused()) {
      log.warn("consent lost connection={} reason=\"{}\"", kept.key(), e.getMessage());
      throw kept.lost();
    }
    return there;
  }

  /** An interrupt waits: what would be lost now may be the only refresh token. */
  private TokenSet save(TokenSet old, TokenSet next) {
    unsaved = Optional.of(new Unsaved(old, next));
    boolean interrupted = Thread.interrupted();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          TokenSet there = kept.replace(old, next);
          unsaved = Optional.empty();
          return there;
        } catch (CredentialsRejectedException e) {
          // Disconnected meanwhile: nobody may use them.
          unsaved = Optional.empty();
          throw e;
        } catch (StoreException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
          interrupted |= isInterruptedDuring(FIRST_PAUSE.multipliedBy(attempt));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isInterruptedDuring(Duration pause) {
    try {
      time.sleep(pause);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private boolean claim(String owner) {
    Instant now = time.now();
    return kept.claim(owner, now, now.plus(CLAIM));
  }

  private void release(String owner) {
    try {
      kept.release(owner);
    } catch (StoreException e) {
      log.warn("claim not released connection={}: it ends by itself", kept.key(), e);
    }
  }

  void pause(Duration about) {
    try {
      // Half is fixed, half is chance, so that processes do not keep in step.
      long half = about.toMillis() / 2;
      time.sleep(Duration.ofMillis(half + random.nextLong(half + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while new tokens were asked for", e);
    }
  }
}
