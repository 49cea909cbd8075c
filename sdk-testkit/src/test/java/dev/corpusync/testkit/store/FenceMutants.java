package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.sync.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** Mistakes in who may write. */
final class FenceMutants {
  private FenceMutants() {}

  static void into(StoreMutants m) {
    m.calls(
        "STO-09a",
        "leases end by a clock of its own",
        "Leases.tryAcquire",
        call -> call.with(1, call.<Instant>argument(1).plus(Duration.ofMinutes(1))));
    m.calls(
        "STO-09a",
        "a lease ends a moment late",
        "Leases.tryAcquire",
        call -> call.with(1, call.<Instant>argument(1).minusNanos(1000)));
    m.calls(
        "STO-09d",
        "does not know that a lease is free again",
        "Leases.heldUntil",
        call -> {
          Optional<?> held = (Optional<?>) call.proceed();
          return held.isPresent() ? held : Optional.of(Instant.EPOCH);
        });
    m.calls(
        "STO-09b",
        "renews for any owner",
        "Leases.renew",
        call -> {
          call.proceed();
          return true;
        });
    m.add("STO-09c", "a lease is never made shorter", FenceMutants::neverShorter);
    m.add("STO-10a", "lost its fence check", altered -> checking(altered, (given, newest) -> true));
    m.calls(
        "STO-10a",
        "refuses an old fence in silence",
        "Store.commit",
        call -> {
          try {
            return call.proceed();
          } catch (LeaseLostException e) {
            return new CommitResult(call.<Commit>argument(0).counts());
          }
        });
    m.add(
        "STO-10b",
        "refuses only smaller fences",
        altered ->
            checking(
                altered,
                (given, newest) ->
                    given.generation().equals(newest.generation())
                        && given.number() > newest.number()));
    m.add(
        "STO-10c",
        "a fence of any generation will do",
        altered -> checking(altered, (given, newest) -> given.number() == newest.number()));
    m.calls(
        "STO-10d",
        "shows in the refusal what was refused",
        "Store.commit",
        call -> {
          MutableCommit draft = new MutableCommit(call.argument(0));
          try {
            return call.proceed();
          } catch (LeaseLostException e) {
            throw new LeaseLostException(
                e.getMessage()
                    + draft.items.stream()
                        .flatMap(i -> i.derived().stream())
                        .map(
                            d ->
                                d.document().chunks().stream()
                                    .map(c -> c.text())
                                    .toList()
                                    .toString())
                        .toList());
          }
        });
    m.add("STO-10e", "checks the fence once a thread", FenceMutants::checksOnce);
  }

  /** Whatever passes the test is written under the newest fence. */
  private static AlteredStore checking(AlteredStore altered, BiPredicate<Fence, Fence> accepted) {
    Map<ConnectionKey, Fence> newest = new ConcurrentHashMap<>();
    return remembering(altered, newest)
        .on(
            "Store.commit",
            call ->
                StoreMutants.committing(
                    call,
                    d -> {
                      Fence now = newest.getOrDefault(d.fence.key(), d.fence);
                      if (accepted.test(d.fence, now)) {
                        d.fence = now;
                      }
                    }));
  }

  private static AlteredStore remembering(AlteredStore altered, Map<ConnectionKey, Fence> newest) {
    return altered.on(
        "Leases.tryAcquire",
        call -> {
          Optional<?> taken = (Optional<?>) call.proceed();
          taken.ifPresent(fence -> newest.put(call.argument(0), (Fence) fence));
          return taken;
        });
  }

  private static AlteredStore neverShorter(AlteredStore altered) {
    Map<ConnectionKey, Instant> until = new ConcurrentHashMap<>();
    return altered
        .on(
            "Leases.tryAcquire",
            call -> {
              Optional<?> taken = (Optional<?>) call.proceed();
              taken.ifPresent(x -> until.put(call.argument(0), call.argument(2)));
              return taken;
            })
        .on(
            "Leases.renew",
            call -> {
              Instant old = until.get(call.<Fence>argument(0).key());
              return old != null && old.isAfter(call.argument(1))
                  ? call.with(1, old)
                  : call.proceed();
            });
  }

  /** What a worker may once write it may always write. */
  private static AlteredStore checksOnce(AlteredStore altered) {
    Map<ConnectionKey, Fence> newest = new ConcurrentHashMap<>();
    Set<Thread> checked = ConcurrentHashMap.newKeySet();
    return remembering(altered, newest)
        .on(
            "Store.commit",
            call ->
                StoreMutants.committing(
                    call,
                    d -> {
                      Fence now = newest.getOrDefault(d.fence.key(), d.fence);
                      if (checked.contains(Thread.currentThread())) {
                        d.fence = now;
                      } else if (altered.inWorker() && d.fence.equals(now)) {
                        checked.add(Thread.currentThread());
                      }
                    }));
  }
}
