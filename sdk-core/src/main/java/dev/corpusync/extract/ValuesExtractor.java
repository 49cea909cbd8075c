package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.store.EntityTag;
import dev.corpusync.sync.Proof;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Fetches one record for each value that the configuration names, one call and one page each. A
 * position is an index into the values, with the number of values that failed in a row before it.
 */
record ValuesExtractor(Function<At, List<String>> values, BiFunction<At, String, Call> call)
    implements Extractor<ListingCursor> {
  /** So many values in a row without an answer are an outage of the server. */
  private static final int OUTAGE = 5;

  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  /**
   * One value.
   *
   * @param failure why the API gave no usable answer for it
   */
  private record Value(Page.Builder page, Optional<RemoteException> failure) {
    static Value of(Page.Builder page) {
      return new Value(page, Optional.empty());
    }

    static Value unreadable(String reason) {
      return of(Page.of(List.of()).unreadable(reason));
    }

    static Value failed(RemoteException failure) {
      return new Value(
          Page.of(List.of()).unreadable(String.valueOf(failure.getMessage())),
          Optional.of(failure));
    }
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> request) {
    List<String> all = values.apply(request.at());
    int index = request.position().map(c -> Integer.parseInt(c.position())).orElse(0);
    if (index >= all.size()) {
      return Page.of(List.of()).end(Proof.SAID);
    }
    Value value = value(request, all.get(index));
    long failedBefore = request.position().map(ListingCursor::read).orElse(0L);
    long failed = value.failure().isPresent() ? failedBefore + 1 : 0;
    value.failure().ifPresent(failure -> throwIfOfServer(failure, failed, all.size()));
    return index + 1 < all.size()
        ? value.page().next(new ListingCursor(Integer.toString(index + 1), failed))
        : value.page().end(Proof.SAID);
  }

  /** P10: one value that cannot be read fails alone. All of them, or an outage, fail the scope. */
  private static void throwIfOfServer(RemoteException failure, long inARow, int values) {
    boolean outage = failure instanceof UnavailableException && inARow >= OUTAGE;
    if (outage || inARow >= values) {
      throw failure;
    }
  }

  private Value value(FetchRequest<ListingCursor> request, String value) {
    Call wanted;
    try {
      wanted = call.apply(request.at(), value);
    } catch (RuntimeException e) {
      return Value.unreadable(
          "no call can be made for one of the configured values: " + RecordFault.reason(e));
    }
    Api.Attempt attempt = request.api().attempt(wanted);
    if (attempt instanceof Api.Attempt.Failed failed) {
      return Value.failed(failed.failure());
    }
    if (!(attempt instanceof Api.Attempt.Found found)) {
      String why =
          attempt instanceof Api.Attempt.Denied denied
              ? denied.reason()
              : "one of the configured values is not known to the API, or not shown to us";
      return Value.unreadable(wanted + ": " + why);
    }
    try {
      return Value.of(page(wanted, found.reply()));
    } catch (MalformedReplyException e) {
      return Value.failed(e);
    }
  }

  private static Page.Builder page(Call call, Reply reply) {
    if (reply.isNotModified()) {
      return Page.of(List.of()).unchanged(call.key());
    }
    if (!reply.proof(call).provesAbsence() || reply.isBlank()) {
      throw new MalformedReplyException(
          call + " answered " + reply.status() + ", which is not a whole answer");
    }
    Payload record = reply.record();
    Page.Builder page = Page.of(List.of(record));
    return call.isConditional()
        ? page.tagged(record, call.key(), reply.entityTag().orElse(EntityTag.NONE))
        : page;
  }
}
