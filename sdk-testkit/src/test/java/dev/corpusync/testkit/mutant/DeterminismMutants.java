package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.mutant.StatefulExtractors.At;
import dev.corpusync.testkit.mutant.StatefulExtractors.ByPlace;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.transform.Lookups;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Connectors that do what the engine should, or ask the machine that they are on. */
final class DeterminismMutants {
  private DeterminismMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.reborn("signs requests with its place in memory", SignsRequests::new)
            .foundBy("DET-01"),
        Mutant.of("reads the wall clock", new ReadsClock()).foundBy("DET-02"),
        Mutant.of("draws an id", new DrawsId()).foundBy("DET-02"),
        Mutant.of("lets a helper read the wall clock", new HasHelper()).foundBy("DET-02"),
        Mutant.of("sleeps", new Sleeps()).foundBy("DET-03"),
        Mutant.of("starts a thread", new StartsThread()).foundBy("DET-03"),
        Mutant.of("may end the process", new Exits()).foundBy("DET-03"),
        Mutant.of("reads a file", new ReadsFile()).foundBy("DET-03"),
        Mutant.of("looks at another host", new LooksElsewhere()).foundBy("FIX-05"),
        Mutant.of("takes the second field for the title", new SecondField()).foundBy("DET-04"));
  }

  /** Its requests say where in memory it is. */
  private static final class SignsRequests extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Call first =
          ask.since()
              .map(t -> Call.get("/tickets").query("updated_after", t.minusSeconds(10)))
              .orElse(Call.get("/tickets"))
              .query("client", hashCode());
      Optional<String> place = ask.position().map(At::cursor);
      Reply reply = ask.api().send(place.map(c -> first.query("cursor", c)).orElse(first));
      return page(reply, reply.records("data"), "");
    }
  }

  private static final class ReadsClock extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      boolean old = ticket.instant("updated_at").isBefore(Instant.now().minusSeconds(86_400));
      return Document.titled(ticket.text("subject"))
          .body((old ? "" : " ").strip() + ticket.text("text"))
          .build();
    }
  }

  private static final class DrawsId extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      String drawn = UUID.randomUUID().toString();
      return Document.titled(ticket.text("subject") + drawn.substring(36))
          .body(ticket.text("text"))
          .build();
    }
  }

  /** What has a clock of its own. */
  private static final class Helper {
    static boolean isNew(Instant time) {
      return time.toEpochMilli() > System.currentTimeMillis();
    }
  }

  private static final class HasHelper extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      return Helper.isNew(ticket.instant("updated_at"))
          ? Document.titled("new").build()
          : super.transform(ticket, lookups);
    }
  }

  private static final class Sleeps extends ReferenceConnector {
    @Override
    public String id(Item ticket) {
      try {
        Thread.sleep(0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.id(ticket);
    }
  }

  private static final class StartsThread extends ReferenceConnector {
    @Override
    public String id(Item ticket) {
      Thread thread = new Thread(() -> super.id(ticket));
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.id(ticket);
    }
  }

  private static final class Exits extends ReferenceConnector {
    @Override
    public String id(Item ticket) {
      String id = super.id(ticket);
      if (id.isEmpty()) {
        System.exit(1);
      }
      return id;
    }
  }

  private static final class ReadsFile extends ReferenceConnector {
    @Override
    public String id(Item ticket) {
      return Files.exists(Path.of("tickets.properties")) ? "" : super.id(ticket);
    }
  }

  private static final class LooksElsewhere extends ReferenceConnector {
    @Override
    public String id(Item ticket) {
      // An address of documentation: nobody has it.
      try (InputStream answer = URI.create("http://192.0.2.7/").toURL().openStream()) {
        return answer.toString();
      } catch (IOException | RuntimeException e) {
        return super.id(ticket);
      }
    }
  }

  private static final class SecondField extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      List<JsonNode> values = List.copyOf(ticket.tree().values());
      return Document.titled(values.get(1).asString()).body(ticket.text("text")).build();
    }
  }
}
