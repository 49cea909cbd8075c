package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Authorization;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TrackerReference;
import dev.corpusync.testkit.reference.TrackerWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Connectors that let something out, or leave something behind. */
final class LeakMutants {
  private static final List<Closeable> KEPT = new ArrayList<>();

  private LeakMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("keeps the last title in its cursor", PagingMutants.own(new Noting()))
            .foundBy("PRIV-01"),
        new Mutant("stores the neighbours as a part", tracker(new Neighbourly()))
            .foundBy("PRIV-01"),
        hiding(
                "logs what it hides",
                text -> LoggerFactory.getLogger("tickets").debug("hidden: {}", text))
            .foundBy("PRIV-10"),
        hiding("prints what it hides", text -> System.out.println("hidden: " + text))
            .foundBy("PRIV-10"),
        hiding(
                "logs what it hides with java.util.logging",
                text -> Logger.getLogger("tickets").log(Level.FINE, "hidden: {0}", text))
            .foundBy("PRIV-10"),
        Mutant.of("prints the beginning of its token", new Boastful()).foundBy("OBS-01"),
        before("opens a connection of its own", LeakMutants::connect).foundBy("RES-01"),
        before("starts a thread for each page", ask -> think()).foundBy("RES-02"),
        before("leaves a file open for each page", ask -> write()).foundBy("RES-03"));
  }

  static Subject tracker(DocumentStream issues) {
    return Subject.of(
        new TrackerReference() {
          @Override
          public DocumentStream issues() {
            return issues;
          }
        },
        TrackerWire.WIRE,
        StoreFixture.inMemory());
  }

  private static Mutant hiding(String name, Consumer<String> told) {
    return Mutant.of(
        name,
        new ReferenceConnector() {
          @Override
          public Visibility visibility(Item ticket) {
            Visibility visibility = super.visibility(ticket);
            if (!visibility.isVisible()) {
              told.accept(ticket.text("id"));
            }
            return visibility;
          }
        });
  }

  private static Mutant before(String name, Consumer<FetchRequest<?>> habit) {
    return Mutant.of(
        name,
        PagingMutants.own(
            new PagingMutants.ByHand() {
              @Override
              public Page<PagingMutants.At> fetch(FetchRequest<PagingMutants.At> ask) {
                habit.accept(ask);
                return super.fetch(ask);
              }

              @Override
              boolean end(int records) {
                return false;
              }
            }));
  }

  private static void connect(FetchRequest<?> ask) {
    URI api = URI.create(ask.at().settings().values().getOrDefault("base_url", ""));
    try {
      KEPT.add(new Socket(api.getHost(), api.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void think() {
    CountDownLatch never = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "pool-1-thread-1");
    thread.setDaemon(true);
    thread.start();
  }

  private static void write() {
    try {
      Path file = Files.createTempFile("page", ".json");
      KEPT.add(new FileOutputStream(file.toFile()));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it continues, and, for support, what it read last. */
  record Noted(String cursor, String title) implements SyncCursor {}

  private static final class Noting implements Extractor<Noted> {
    @Override
    public Class<Noted> cursor() {
      return Noted.class;
    }

    @Override
    public Page<Noted> fetch(FetchRequest<Noted> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"));
      Reply reply =
          ask.api().send(ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
      var records = reply.records("data");
      String last = records.isEmpty() ? "" : records.get(records.size() - 1).json().text("subject");
      Page.Builder page = Page.of(records);
      Optional<String> next = reply.json().findText("next");
      return next.map(n -> page.next(new Noted(n, last))).orElseGet(() -> page.end(Proof.SAID));
    }
  }

  /** Shows beside each issue what else there is in its project. */
  private static final class Neighbourly extends TrackerReference.Issues {
    @Override
    public List<PartListing> parts() {
      List<PartListing> all = new ArrayList<>(super.parts());
      all.add(
          PartListing.of(
              Part.named("siblings"),
              Touches.RECORD,
              Listing.of(
                      at ->
                          Call.get("/projects/{}/issues", at.parent().id("id"))
                              .query("per_page", 100),
                      "",
                      Paging.link())
                  .onlyWhen(at -> at.item().id("id").matches(".*[05]"))));
      return all;
    }
  }

  private static final class Boastful extends ReferenceConnector {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("tickets", "Tickets", "https://api.tickets.example")
          .auth(
              AuthScheme.custom(
                  "bearer",
                  "Token",
                  token -> {
                    System.out.println("using " + token.reveal().substring(0, 20) + "...");
                    return Authorization.bearer(token);
                  }))
          .build();
    }
  }
}
