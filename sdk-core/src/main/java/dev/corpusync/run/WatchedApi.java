package dev.corpusync.run;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client of one fetch: counts requests, remembers when the first one was sent and answered, and
 * remembers a failure even when the author caught it (P3).
 */
final class WatchedApi implements Api {
  private final Api api;
  private final RunContext context;
  private final int most;
  private @Nullable RuntimeException failure;
  private @Nullable Error error;
  private @Nullable Instant firstSent;
  private @Nullable Instant firstDate;
  private long requests;

  WatchedApi(Api api, RunContext context, int most) {
    this.api = api;
    this.context = context;
    this.most = most;
  }

  @Override
  public Reply send(Call call) {
    return watched(() -> dated(api.send(validated(call))));
  }

  @Override
  public Optional<Reply> find(Call call) {
    return watched(() -> api.find(validated(call)).map(this::dated));
  }

  @Override
  public Attempt attempt(Call call) {
    return watched(
        () -> {
          Attempt attempt = api.attempt(validated(call));
          if (attempt instanceof Attempt.Found found) {
            dated(found.reply());
          }
          return attempt;
        });
  }

  /** Throws what failed during the fetch, caught or not. */
  synchronized void rethrow() {
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * P4: the earlier of the source's time of the first reply and our clock when its request was
   * sent; empty before that. Neither clock alone can be trusted not to be ahead.
   */
  synchronized Optional<Instant> began() {
    return Optional.ofNullable(firstDate)
        .filter(date -> firstSent == null || date.isBefore(firstSent))
        .or(() -> Optional.ofNullable(firstSent));
  }

  synchronized long requests() {
    return requests;
  }

  private <T> T watched(Supplier<T> exchange) {
    // P3: any failure, a cancelled run and an Error included: caught by an author, each would
    // become
    // an empty page that ends the listing.
    try {
      context.alive();
      count();
      sent();
      return exchange.get();
    } catch (RuntimeException e) {
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
      throw e;
    } catch (Error e) {
      synchronized (this) {
        error = error == null ? e : error;
      }
      throw e;
    }
  }

  private synchronized void sent() {
    firstSent = firstSent == null ? context.now() : firstSent;
  }

  private synchronized void count() {
    if (requests == most) {
      throw new ConnectorDefectException(
          "one fetch made more than the "
              + most
              + " requests that its extractor declares for a page: return a page with a cursor"
              + " instead of reading further pages");
    }
    requests++;
    context.countRequest();
  }

  private synchronized Reply dated(Reply reply) {
    if (firstDate == null) {
      firstDate = reply.date().orElse(null);
    }
    return reply;
  }

  // The ETag was saved in the commit that stored its answer, so "not modified" can only mean what
  // is stored.
  private Call validated(Call call) {
    if (!call.isConditional()) {
      return call;
    }
    EntityTag known =
        context
            .store()
            .checkpoints()
            .entityTags(context.key(), List.of(call.key()))
            .get(call.key());
    return known == null || !EntityTag.isSendable(known.etag())
        ? call
        : call.header("If-None-Match", known.etag());
  }
}
