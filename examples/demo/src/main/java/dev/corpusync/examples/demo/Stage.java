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

/**
 * All that the demo plays on: the source, the store, the engine, the index, and worker processes.
 */
final class Stage implements AutoCloseable {
  private static final String SUBSCRIBER = "search";
  final Upstream upstream;
  final FakeServer server;
  final Store store;
  final Corpusync corpusync;
  final SearchIndex index;
  final Report report = new Report();
  private final Job job;
  private final boolean silent;

  Stage(Upstream upstream, Optional<String> database, Path folder, boolean silent) {
    this.upstream = upstream;
    this.silent = silent;
    server = FakeServer.serving(upstream.api());
    boolean redrawn = Boolean.getBoolean("corpusync.demo.terminal");
    job =
        new Job(
            database.orElse(folder.resolve("corpus.db").toString()),
            upstream.settings(server.url()),
            new Job.Bar(redrawn, 0, upstream.visible().size() + upstream.repositories()));
    boolean set = false;
    Optional<Store> opened = Optional.empty();
    try {
      store = job.openStore();
      opened = Optional.of(store);
      store.connections().disconnect(Job.KEY);
      store.outbox().unsubscribe(Job.KEY.tenant(), SUBSCRIBER);
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

  /** A worker process that does the whole job; its exit code. */
  int work(long already) {
    Process worker = start(already);
    return worker.onExit().join().exitValue();
  }

  /** A worker process that is killed as it asks for a page; its exit code. */
  int workKilledAtPage(int page) {
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
            Child.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(
                silent ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
    try {
      Process worker = builder.start();
      try (OutputStream pipe = worker.getOutputStream()) {
        job.with(new Job.Bar(job.bar().redrawn(), already, job.bar().total())).write(pipe);
      }
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException("a worker process could not be started", e);
    }
  }

  /** Does a piece of work and notes what it came to, in records and in requests. */
  Report.Phase phase(String name, Supplier<Run> work) {
    int before = server.count();
    Run run = work.get();
    Report.Phase phase = new Report.Phase(name, run.counts(), server.count() - before);
    report.phases.add(phase);
    return phase;
  }

  /** Whether the workers' bars stay on one line. */
  boolean redrawsBar() {
    return job.bar().redrawn();
  }

  /** The newest run, as recorded: the record of a killed one tells what it had committed. */
  Run lastRun() {
    return corpusync.runs(Job.KEY, 1).get(0);
  }

  /** Lets the index follow; returns what it was told. */
  List<Change> deliver() {
    List<Change> told = new ArrayList<>();
    corpusync
        .changes(Job.KEY.tenant(), SUBSCRIBER)
        .deliver(
            change -> {
              index.apply(change);
              told.add(change);
            });
    return told;
  }

  /** What is stored now. */
  Set<Ref> stored() {
    Set<Ref> all = new TreeSet<>();
    Optional<Ref> after = Optional.empty();
    while (true) {
      List<StoredDocument> page = store.corpus().documentsAfter(Job.KEY, after, 500);
      page.forEach(document -> all.add(document.ref()));
      if (page.isEmpty()) {
        return all;
      }
      after = Optional.of(page.get(page.size() - 1).ref());
    }
  }

  /** The pages of issues that were asked for, from one exchange on. */
  List<String> pagesAskedFor(int fromExchange) {
    List<Exchange> all = server.exchanges();
    return all.subList(fromExchange, all.size()).stream()
        .filter(Stage::isListing)
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
