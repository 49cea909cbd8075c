package dev.corpusync.oauth;

import dev.corpusync.auth.Authorization;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Api;
import dev.corpusync.oauth.TokenResponse.GrantRefused;
import dev.corpusync.testkit.auth.AuthProcess;
import dev.corpusync.testkit.auth.AuthSubject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Token keepers with one fault each, as it was once made. */
public final class FaultyTokenKeepers {
  private FaultyTokenKeepers() {}

  /** Right, for comparison. */
  public static SketchOf right() {
    return MinimalTokenKeeper::new;
  }

  /** Makes a keeper for a process. */
  @FunctionalInterface
  public interface SketchOf extends AuthSubject {
    MinimalTokenKeeper in(AuthProcess process);

    @Override
    default Api open(AuthProcess process) {
      return in(process).open();
    }
  }

  public static SketchOf neverRenewsOn401() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          public boolean renew(Authorization refused) {
            return false;
          }
        };
  }

  public static SketchOf everyThreadRenews() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          Object lock() {
            return new Object();
          }

          @Override
          boolean claim(String owner, Instant now) {
            return true;
          }
        };
  }

  public static SketchOf everyProcessRenews() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          boolean claim(String owner, Instant now) {
            return true;
          }
        };
  }

  public static SketchOf renewsInTurnWithoutLookingAgain() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          boolean isStale(TokenSet now, TokenSet stale) {
            return true;
          }
        };
  }

  /** Saves what it got when it is asked the next time. */
  public static SketchOf savesLater() {
    return process ->
        new MinimalTokenKeeper(process) {
          private Optional<Runnable> later = Optional.empty();
          private Optional<TokenSet> newest = Optional.empty();

          @Override
          TokenSet load() {
            // The first look after a renewal is for the use that follows it.
            Optional<TokenSet> got = newest;
            newest = Optional.empty();
            if (got.isPresent()) {
              return got.get();
            }
            later.ifPresent(Runnable::run);
            later = Optional.empty();
            return super.load();
          }

          @Override
          TokenSet save(TokenSet old, TokenSet next) {
            newest = Optional.of(next);
            later = Optional.of(() -> super.save(old, next));
            return next;
          }
        };
  }

  public static SketchOf forgetsARefreshTokenThatIsNotRepeated() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet ask(TokenSet old) throws GrantRefused {
            TokenSet next = super.ask(old);
            boolean repeated =
                !TokenSet.same(old.refresh().orElseThrow(), next.refresh().orElseThrow());
            return new TokenSet(
                next.access(),
                repeated ? next.refresh() : Optional.empty(),
                next.life(),
                next.scopes(),
                false,
                Optional.empty());
          }
        };
  }

  public static SketchOf asksAgainAfterARefusal() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet ask(TokenSet old) throws GrantRefused {
            try {
              return super.ask(old);
            } catch (GrantRefused e) {
              return super.ask(old);
            }
          }
        };
  }

  public static SketchOf doesNotRememberARefusal() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet refused(TokenSet old) {
            TokenSet there = load();
            if (there.isSameAs(old)) {
              throw kept.lost();
            }
            return there;
          }
        };
  }

  public static SketchOf believesARefusalAtOnce() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet refused(TokenSet old) {
            kept.put(old.asRefused());
            throw kept.lost();
          }
        };
  }

  public static SketchOf takesAnyFailureForARefusal() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          RemoteException failed(RemoteException e) {
            kept.put(load().asRefused());
            return kept.lost();
          }
        };
  }

  /** "It was good for one use, and we used it." */
  public static SketchOf dropsARefreshTokenThatWasSent() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet ask(TokenSet old) throws GrantRefused {
            try {
              return super.ask(old);
            } catch (UnavailableException | MalformedReplyException e) {
              kept.replace(
                  old,
                  new TokenSet(
                      old.access(),
                      Optional.empty(),
                      old.life(),
                      Set.of(),
                      true,
                      Optional.empty()));
              throw e;
            }
          }
        };
  }

  public static SketchOf renewsThrice() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          TokenSet asked(TokenSet old) {
            return super.asked(super.asked(super.asked(old)));
          }
        };
  }

  public static SketchOf renewsWithoutKnowingTheEnd() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          boolean isDue(TokenSet tokens) {
            return tokens.life().isEmpty() || super.isDue(tokens);
          }
        };
  }

  public static SketchOf neverRenewsAhead() {
    return process ->
        new MinimalTokenKeeper(process) {
          @Override
          boolean isDue(TokenSet tokens) {
            return false;
          }
        };
  }

  public static SketchOf keepsTokensInMemory() {
    return process ->
        new MinimalTokenKeeper(process) {
          private Optional<TokenSet> cached = Optional.empty();

          @Override
          TokenSet load() {
            cached = cached.or(() -> Optional.of(super.load()));
            return cached.get();
          }

          @Override
          TokenSet save(TokenSet old, TokenSet next) {
            cached = Optional.of(super.save(old, next));
            return cached.get();
          }

          @Override
          TokenSet refused(TokenSet old) {
            cached = Optional.empty();
            return super.refused(old);
          }
        };
  }
}
