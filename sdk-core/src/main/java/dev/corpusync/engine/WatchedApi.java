package dev.corpusync.engine;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.Validator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client as one fetch sees it: counts, remembers the first reply's time, and remembers a
 * failure even when it was caught.
 */
final class WatchedApi implements Api {
  private final Api api;
  private final RunContext context;
  private @Nullable CorpusyncException failure;
  private @Nullable Instant firstDate;
  private long requests;

  WatchedApi(Api api, RunContext context) {
    this.api = api;
    this.context = context;
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
    if (failure != null) {
      throw failure;
    }
  }

  /** The source's time of the first reply; empty when it sent none. */
  synchronized Optional<Instant> firstDate() {
    return Optional.ofNullable(firstDate);
  }

  synchronized long requests() {
    return requests;
  }

  private <T> T watched(Supplier<T> exchange) {
    context.alive();
    synchronized (this) {
      requests++;
    }
    try {
      return exchange.get();
    } catch (CorpusyncException e) {
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
      throw e;
    }
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
    Validator known =
        context
            .store()
            .checkpoints()
            .validators(context.key(), List.of(call.key()))
            .get(call.key());
    return known == null ? call : call.header("If-None-Match", known.etag());
  }
}
