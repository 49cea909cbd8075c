package dev.corpusync.oauth;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authorizes the requests of one connection with its OAuth tokens, and renews them. It holds none:
 * each request uses what the vault has, so tokens that another process renewed are used at once,
 * erased ones no more, and no access token is used before the refresh token that came with it is
 * durable. Safe for many threads and processes; blocks while it renews.
 *
 * @since 0.1
 */
public final class TokenKeeper implements Authorizer, CredentialSupplier {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(TokenKeeper.class);
  private final TokenStore kept;
  private final TokenRenewal renewal;
  private final TokenRequests requests;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Instant notBefore = Instant.MIN;
  private volatile Failure failure = new Failure(0, new UnavailableException("none yet"));

  /** The last failed renewal: threads that waited for it fail too, and do not ask again. */
  private record Failure(int number, RemoteException reason) {}

  TokenKeeper(TokenStore kept, TokenRenewal renewal, TokenRequests requests, Time time) {
    this.kept = kept;
    this.renewal = renewal;
    this.requests = requests;
    this.time = time;
  }

  /**
   * Returns the access token as an authorization, renewed first if it has expired. Blocks
   * meanwhile.
   *
   * @throws CredentialsRejectedException when the connection is not connected, or the consent was
   *     revoked: a person must connect it again
   * @throws UnavailableException when the token has expired and the provider cannot be reached now
   * @throws RateLimitedException when the token endpoint names a time to wait
   */
  @Override
  public Authorization authorize() {
    return requests.scheme().sent(get());
  }

  /** Returns the access token, for another HTTP client; see {@link #authorize}. */
  @Override
  public Secret get() {
    TokenSet tokens = kept.get();
    Instant now = time.now();
    if (renewal.isUnsaved()) {
      tokens = renewed(t -> !t.isOver(time.now()));
    } else if (requests.canRenew(tokens)) {
      // Without anything to renew with, only the API can say that a token is over.
      if (tokens.isOver(now)) {
        tokens = renewed(t -> !t.isOver(time.now()));
      } else if (tokens.isDue(now) && !now.isBefore(notBefore)) {
        tokens = renewedAhead(tokens);
      }
    }
    return tokens.access();
  }

  @Override
  public void bind(SecretOrigin origin) {
    kept.bind(origin);
  }

  /** Renews the token only if the refused one is still the newest: one of many callers does it. */
  @Override
  public boolean renew(Authorization refused) {
    TokenSet tokens = kept.get();
    if (!isSent(tokens, refused)) {
      return true;
    }
    if (!requests.canRenew(tokens)) {
      return false;
    }
    renewed(t -> !isSent(t, refused));
    return true;
  }

  /** While the present token is good, nobody waits, and a failure can be lived with. */
  private TokenSet renewedAhead(TokenSet present) {
    if (!lock.tryLock()) {
      return present;
    }
    try {
      return renewal.attempt(t -> !t.isDue(time.now())).orElse(present);
    } catch (CredentialsRejectedException e) {
      throw e;
    } catch (RateLimitedException e) {
      notBefore = time.now().plus(e.retryAfter());
      log.warn("tokens not renewed ahead connection={} reason=\"{}\"", kept.key(), e.getMessage());
      return present;
    } catch (RemoteException e) {
      notBefore = time.now().plus(PAUSE_AFTER_FAILURE);
      log.warn("tokens not renewed ahead connection={} reason=\"{}\"", kept.key(), e.getMessage());
      return present;
    } finally {
      lock.unlock();
    }
  }

  private TokenSet renewed(Predicate<TokenSet> usable) {
    int before = failure.number();
    lockInterruptibly();
    try {
      if (failure.number() != before) {
        throw failure.reason();
      }
      return remembered(usable, before + 1);
    } finally {
      lock.unlock();
    }
  }

  private TokenSet remembered(Predicate<TokenSet> usable, int number) {
    try {
      return awaited(usable);
    } catch (UnavailableException | RateLimitedException | MalformedReplyException e) {
      failure = new Failure(number, e);
      throw e;
    }
  }

  private TokenSet awaited(Predicate<TokenSet> usable) {
    Instant end = time.now().plus(PATIENCE);
    for (int round = 0; ; round++) {
      Optional<TokenSet> tokens = renewal.attempt(usable);
      if (tokens.isPresent()) {
        return tokens.get();
      }
      if (time.now().isAfter(end)) {
        throw new UnavailableException(
            "another process has been renewing the tokens of "
                + kept.key()
                + " for "
                + PATIENCE.toSeconds()
                + " s. Try again later");
      }
      // Another process is at it: a renewal takes tens of milliseconds, a lost one a minute.
      renewal.pause(Duration.ofMillis(20L << Math.min(round, 5)));
    }
  }

  private void lockInterruptibly() {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting for new tokens", e);
    }
  }

  private boolean isSent(TokenSet tokens, Authorization refused) {
    Authorization sent = requests.scheme().sent(tokens.access());
    return same(sent.headers(), refused.headers()) && same(sent.query(), refused.query());
  }

  private static boolean same(Map<String, Secret> a, Map<String, Secret> b) {
    return a.size() == b.size()
        && a.entrySet().stream()
            .allMatch(
                e -> {
                  Secret other = b.get(e.getKey());
                  return other != null && TokenSet.same(e.getValue(), other);
                });
  }

  /** The connection only. */
  @Override
  public String toString() {
    return "TokenKeeper " + kept.key();
  }
}
