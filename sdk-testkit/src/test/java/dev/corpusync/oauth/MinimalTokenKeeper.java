package dev.corpusync.oauth;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.auth.AuthProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Keeps tokens correctly, in the fewest steps; each faulty keeper is this with one step changed.
 */
class MinimalTokenKeeper implements Authorizer {
  final AuthProcess process;
  final TokenStore kept;
  final TokenRequests requests;
  private final Object lock = new Object();

  MinimalTokenKeeper(AuthProcess process) {
    this.process = process;
    kept =
        new TokenStore(
            process.vault(),
            process.key(),
            SecretOrigin.of(process.scheme().secretEndpoints(Map.of())));
    requests =
        new TokenRequests(
            process.scheme(),
            process.registration(),
            Map.of(),
            process.endpoint(),
            process.time(),
            process.random());
  }

  Api open() {
    return process.apis().open(process.key(), process.api(), this);
  }

  @Override
  public Authorization authorize() {
    TokenSet tokens = load();
    return Authorization.bearer((isDue(tokens) ? renewed(tokens) : tokens).access());
  }

  @Override
  public boolean renew(Authorization refused) {
    TokenSet tokens = load();
    String sent = refused.headers().get("Authorization").reveal();
    if (sent.equals("Bearer " + tokens.access().reveal())) {
      renewed(tokens);
    }
    return true;
  }

  TokenSet load() {
    return kept.get();
  }

  boolean isDue(TokenSet tokens) {
    return tokens.isDue(process.time().now());
  }

  Object lock() {
    return lock;
  }

  boolean claim(String owner, Instant now) {
    return kept.claim(owner, now, now.plusSeconds(60));
  }

  TokenSet renewed(TokenSet stale) {
    synchronized (lock()) {
      Time time = process.time();
      String owner = Long.toHexString(process.random().nextLong());
      while (!claim(owner, time.now())) {
        pause(Duration.ofMillis(20));
      }
      try {
        TokenSet now = load();
        return isStale(now, stale) ? asked(now) : now;
      } finally {
        kept.release(owner);
      }
    }
  }

  boolean isStale(TokenSet now, TokenSet stale) {
    return now.isSameAs(stale);
  }

  TokenSet asked(TokenSet old) {
    for (int attempt = 1; ; attempt++) {
      try {
        return save(old, ask(old));
      } catch (GrantRefused e) {
        return refused(old);
      } catch (UnavailableException | MalformedReplyException e) {
        if (attempt == 3) {
          throw failed(e);
        }
        pause(Duration.ofSeconds(1));
      }
    }
  }

  TokenSet ask(TokenSet old) throws GrantRefused {
    return requests.renew(old);
  }

  TokenSet save(TokenSet old, TokenSet next) {
    return kept.replace(old, next);
  }

  TokenSet refused(TokenSet old) {
    TokenSet there = kept.replace(old, old.asRefused());
    if (there.refused()) {
      throw kept.lost();
    }
    return there;
  }

  RemoteException failed(RemoteException e) {
    return e;
  }

  private void pause(Duration duration) {
    try {
      process.time().sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
