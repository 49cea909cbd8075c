package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.check.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a store that outlives its process must do beyond {@link StoreContract}, as tests with a
 * second process: it takes leases, is taken over, and is killed. The child is a JVM of its own with
 * the class path of the test.
 *
 * @since 0.1
 */
public abstract class SharedContract extends StoreFixture {
  private String place = "";

  /** Opens the store, here and in the other process. */
  protected abstract Class<? extends StoreOpener> opener();

  /** A place that holds nothing, another one at each call. */
  protected abstract String emptyPlace();

  /** Throws if the database itself finds something wrong with the place; it is not in use. */
  protected abstract void requireSound(String at) throws Exception;

  @Override
  protected final Store open() {
    place = emptyPlace();
    return opened();
  }

  @Override
  protected final Store reopen(Store before) {
    before.close();
    return opened();
  }

  private Store opened() {
    return ((StoreOpener)
            Objects.requireNonNull(
                org.junit.platform.commons.support.ReflectionSupport.newInstance(opener())))
        .open(place);
  }

  @Check(id = "STO-08b", rule = "A lease has one winner among many threads of two processes.")
  public final void of_many_threads_of_two_processes_one_gets_the_lease() throws Exception {
    int moments = PROFILE.choose(8, 8, 160);
    List<String> won;
    try (Child child = child("lease", moments)) {
      assertThat(child.reads()).isEqualTo(ChildProcess.READY);
      child.goOn();
      won = new ArrayList<>(ChildProcess.leases(store, moments));
      won.addAll(child.readsAll());
    }
    assertThat(won).isNotEmpty();
    assertThat(won.stream().map(line -> line.split(" ")[0]))
        .as("moments at which the lease was given, each to one")
        .doesNotHaveDuplicates();
    assertThat(won.stream().map(line -> line.split(" ")[1]))
        .as("fences, each given once")
        .doesNotHaveDuplicates();
  }

  @Check(id = "STO-10f", rule = "A process that wakes up after its lease is over writes nothing.")
  public final void a_process_that_wakes_up_after_its_lease_writes_nothing() throws Exception {
    store.leases().release(fence);
    try (Child child = child("write", 2)) {
      assertThat(List.of(child.reads(), child.reads())).containsExactly("1", "2");
      Fence next = acquire(KEY, T0.plusSeconds(60), 60);
      store.commit(Commit.under(next, RUN).item(issue("taken over")).build());
      child.goOn();
      assertThat(child.reads()).isEqualTo(ChildProcess.REFUSED);
    }
    assertThat(ids()).containsExactly("a1", "a2", "b1", "b2", "taken over");
    assertThat(ChildProcess.pages(store, KEY)).isEqualTo(2);
  }

  @Check(id = "STO-24a", rule = "What was committed survives kill -9; what was not is not there.")
  public final void what_was_committed_survives_a_kill() throws Exception {
    for (int kill = 0; kill < PROFILE.choose(1, 2, 30); kill++) {
      store.close();
      store = open();
      store.connections().create(connection(KEY, "g1"));
      int said = 0;
      try (Child child = child("write", 0)) {
        while (said < 1 + kill * 23) {
          said = Integer.parseInt(child.reads());
        }
        for (String line : child.killed()) {
          said = Math.max(said, Integer.parseInt(line));
        }
      }
      store.close();
      requireSound(place);
      store = opened();
      // waits for a commit that a server is still at
      fence = acquire(KEY, T0.plusSeconds(60), 60);
      int there = ChildProcess.pages(store, KEY);
      assertThat(there)
          .as("pages there after a kill; %s were said to be committed", said)
          .isBetween(said, said + 1);
      assertThat(events()).as("events of %s pages", there).hasSize(Math.min(1000, 2 * there));
      for (int page = 1; page <= there; page++) {
        requirePage(page);
      }
      assertThat(store.corpus().documents(KEY, ChildProcess.refs(there + 1))).isEmpty();
      commit(step().item(issue("continues")));
    }
  }

  private void requirePage(int page) {
    Map<Ref, StoredDocument> stored = store.corpus().documents(KEY, ChildProcess.refs(page));
    assertThat(stored).as("what page %s wrote", page).hasSize(2);
    stored
        .values()
        .forEach(
            d ->
                assertThat(d.chunks())
                    .extracting(chunk -> chunk.text())
                    .containsExactly("page " + page));
  }

  private Child child(String task, int number) throws IOException {
    return new Child(List.of(opener().getName(), place, task, "" + number));
  }

  /** Another JVM, which is gone when this is closed. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    Child(List<String> arguments) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ChildProcess.class.getName()));
      command.addAll(arguments);
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      said = process.inputReader(StandardCharsets.UTF_8);
    }

    String reads() throws IOException {
      String line = said.readLine();
      assertThat(line).as("what the other process says before it ends").isNotNull();
      return line;
    }

    List<String> readsAll() {
      return said.lines().toList();
    }

    void goOn() {
      try {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the other process has ended", e);
      }
    }

    /**
     * @return what it had said and nobody had read
     */
    List<String> killed() throws InterruptedException {
      // by its handle: destroyForcibly of the process would close what is still to be read
      process.toHandle().destroyForcibly();
      process.waitFor();
      // at worst the last line is cut off, and then says less than was done
      return said.lines().filter(line -> line.matches("\\d+")).toList();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
