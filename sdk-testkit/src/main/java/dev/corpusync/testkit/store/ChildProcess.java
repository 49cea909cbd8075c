package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Fence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * What another process does to a store: the main class of a child. It says each thing that it has
 * done, on a line of its own, and receives when to continue.
 */
final class ChildProcess {
  static final String READY = "ready";
  static final String REFUSED = "refused";
  private final Store store;
  private final BufferedReader heard =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private ChildProcess(Store store) {
    this.store = store;
  }

  /** Arguments: class of the opener, place, task, and a number for it. */
  public static void main(String[] arguments) throws Exception {
    StoreOpener opener =
        Class.forName(arguments[0])
            .asSubclass(StoreOpener.class)
            .getDeclaredConstructor()
            .newInstance();
    try (Store store = opener.open(arguments[1])) {
      ChildProcess worker = new ChildProcess(store);
      int number = Integer.parseInt(arguments[3]);
      if (arguments[2].equals("lease")) {
        say(READY);
        worker.heard.readLine();
        leases(store, number).forEach(ChildProcess::say);
      } else {
        worker.write(number);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    if (System.out.checkError()) {
      // An aborted build does not end its children.
      throw new IllegalStateException("the process that started this one has ended");
    }
  }

  /**
   * Tries in 32 threads to take the lease at each of so many moments.
   *
   * @return the moment and the fence of each success
   */
  static List<String> leases(Store store, int moments)
      throws InterruptedException, ExecutionException {
    List<List<String>> all =
        ParallelWork.run(
            32,
            n -> {
              List<String> won = new ArrayList<>();
              for (int moment = 1; moment <= moments; moment++) {
                Instant now = StoreFixture.T0.plusSeconds(60L * moment);
                Optional<Fence> fence =
                    store.leases().tryAcquire(StoreFixture.KEY, now, now.plusSeconds(60));
                if (fence.isPresent()) {
                  won.add(moment + " " + fence.get().number());
                }
              }
              return won;
            });
    return all.stream().flatMap(List::stream).toList();
  }

  /**
   * Commits page after page under the lease, for ever or until it is refused.
   *
   * @param pauseAfter the page after which it waits for the order to continue; 0 for none
   */
  private void write(int pauseAfter) throws IOException {
    Fence fence =
        store
            .leases()
            .tryAcquire(StoreFixture.KEY, StoreFixture.T0, StoreFixture.T0.plusSeconds(60))
            .orElseThrow();
    for (int page = 1; ; page++) {
      try {
        store.commit(page(fence, page));
      } catch (LeaseLostException e) {
        say(REFUSED);
        return;
      }
      say("" + page);
      if (page == pauseAfter) {
        heard.readLine();
      }
    }
  }

  /** Two things and how far it got, which a page writes together. */
  static Commit page(Fence fence, int page) {
    Commit.Builder commit = Commit.under(fence, StoreFixture.RUN);
    for (Ref ref : refs(page)) {
      commit.item(
          StoreFixture.item(
              ref, Optional.empty(), StoreFixture.by(StoreFixture.ANN), "page " + page));
    }
    return commit
        .checkpoint(Checkpoint.builder(StoreFixture.SCOPE).suspects("" + page).build())
        .build();
  }

  static List<Ref> refs(int page) {
    return List.of(StoreFixture.ISSUE.ref("a" + page), StoreFixture.ISSUE.ref("b" + page));
  }

  /** How far the pages got, by the progress that was written with them. */
  static int pages(Store store, ConnectionKey key) {
    return store
        .checkpoints()
        .checkpoint(key, StoreFixture.SCOPE)
        .map(p -> Integer.parseInt(p.suspects()))
        .orElse(0);
  }
}
