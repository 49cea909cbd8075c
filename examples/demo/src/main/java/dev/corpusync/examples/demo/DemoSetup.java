package dev.corpusync.examples.demo;

import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the demo runs with: the source, the store, the engine, the index, and worker processes. */
final class DemoSetup implements AutoCloseable {
  private static final String SUBSCRIBER = "search";
  final DemoSource source;
  final FakeServer server;
  final Store store;
  final Corpusync corpusync;
  final SearchIndex index;
  final Report report = new Report();
  private int counted;
  private final WorkerTask job;
  private final boolean silent;

  DemoSetup(DemoSource source, Optional<String> database, Path folder, boolean silent) {
    this.source = source;
    this.silent = silent;
    server = FakeServer.serving(source.api());
    boolean redraws = Boolean.getBoolean("corpusync.demo.terminal");
    job =
        new WorkerTask(
            database.orElse(folder.resolve("corpus.db").toString()),
            source.settings(server.url()),
            new WorkerTask.Bar(redraws, 0, source.visible().size() + source.repositories()));
    boolean set = false;
    Optional<Store> opened = Optional.empty();
    try {
      store = job.openStore();
      opened = Optional.of(store);
      store.connections().disconnect(WorkerTask.KEY);
      store.outbox().unsubscribe(WorkerTask.KEY.tenant(), SUBSCRIBER);
      corpusync = job.open(store, RunListener.silent());
      report.connecting = server.count();
      index = SearchIndex.open(folder.resolve("index.db"), corpusync::link);
      set = true;
    } finally {
      if (!set) {
        opened.ifPresent(Store::close);
        server.close();
      }
    }
  }

  /** Runs a worker process until it ends; returns its exit code. */
  int runWorker(long already) {
    Process worker = start(already);
    return worker.onExit().join().exitValue();
  }

  /** Runs a worker process and kills it as it requests a page; returns its exit code. */
  int runWorkerKilledAtPage(int page) {
    CompletableFuture<Process> victim = new CompletableFuture<>();
    AtomicInteger pages = new AtomicInteger();
    server.before(
        number -> {
          if (isListing(server.exchanges().get(number - 1)) && pages.incrementAndGet() == page) {
            victim.join().destroyForcibly().onExit().join();
          }
        });
    try {
      Process worker = start(0);
      victim.complete(worker);
      return worker.onExit().join().exitValue();
    } finally {
      server.before(number -> {});
    }
  }

  private Process start(long already) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(
                silent ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
    try {
      Process worker = builder.start();
      try (OutputStream pipe = worker.getOutputStream()) {
        job.with(new WorkerTask.Bar(job.bar().redraws(), already, job.bar().total())).write(pipe);
      }
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException("a worker process could not be started", e);
    }
  }

  /**
   * Runs one step and records its counts: records and requests. What a killed worker had sent may
   * reach the server after its step: it is counted with the next one.
   */
  Report.Phase phase(String name, Supplier<Run> work) {
    int before = report.phases.isEmpty() ? server.count() : counted;
    Run run = work.get();
    counted = server.count();
    Report.Phase phase = new Report.Phase(name, run.counts(), counted - before);
    report.phases.add(phase);
    return phase;
  }

  /** Whether a worker redraws its progress bar on one line. */
  boolean redrawsBar() {
    return job.bar().redraws();
  }

  /** The newest run as recorded. The record of a killed run has the counts that it committed. */
  Run lastRun() {
    return corpusync.runs(WorkerTask.KEY, 1).get(0);
  }

  /** Delivers the changes to the index and returns them. */
  List<Change> deliver() {
    List<Change> changes = new ArrayList<>();
    corpusync
        .changes(WorkerTask.KEY.tenant(), SUBSCRIBER)
        .deliver(
            change -> {
              index.apply(change);
              changes.add(change);
            });
    return changes;
  }

  /** The documents that are stored now. */
  Set<Ref> stored() {
    Set<Ref> all = new TreeSet<>();
    Optional<Ref> after = Optional.empty();
    while (true) {
      List<StoredDocument> page = store.corpus().documentsAfter(WorkerTask.KEY, after, 500);
      page.forEach(document -> all.add(document.ref()));
      if (page.isEmpty()) {
        return all;
      }
      after = Optional.of(page.get(page.size() - 1).ref());
    }
  }

  /** The pages of issues that were requested since an exchange. */
  List<String> pagesRequested(int fromExchange) {
    List<Exchange> all = server.exchanges();
    return all.subList(fromExchange, all.size()).stream()
        .filter(DemoSetup::isListing)
        .map(exchange -> exchange.path() + exchange.query())
        .toList();
  }

  private static boolean isListing(Exchange exchange) {
    return exchange.path().endsWith("/issues");
  }

  @Override
  public void close() {
    index.close();
    corpusync.close();
    store.close();
    server.close();
  }
}
