package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.reference.BugReference;
import dev.corpusync.testkit.reference.LenientReference;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.SentenceReference;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.transform.Lookups;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the checks of TRF find out: connectors that read records wrongly. */
final class TransformMutants {
  private static final Set<String> KNOWN =
      Set.of("id", "subject", "text", "updated_at", "visibility");

  private TransformMutants() {}

  static List<Mutant> all() {
    return Stream.of(right(), extracting(), surroundings(), ids(), fields(), odd(), texts())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> right() {
    return List.of(
        bug("reads bugs with fields of each type", new BugReference()),
        bug("finds words of its own for what is missing", new LenientReference()),
        bug("makes a passage of each sentence", new SentenceReference()));
  }

  private static List<Mutant> extracting() {
    return List.of(
        reading("fails a page for one bad record", all -> all.stream().map(Walks::checked))
            .foundBy("TRF-01"),
        reading(
                "leaves out records that it cannot read",
                all -> all.stream().filter(r -> isReadable(r.json())))
            .foundBy("TRF-01"),
        reading(
                "leaves out records without an id",
                all -> all.stream().filter(r -> r.json().has("id")))
            .foundBy("TRF-02"),
        bug(
                "takes it that tags are a list",
                new BugReference() {
                  @Override
                  public Source source() {
                    return since(walk(all -> all.stream().filter(Walks::isTagged)));
                  }
                })
            .foundBy("TRF-11"));
  }

  private static List<Mutant> surroundings() {
    AtomicInteger made = new AtomicInteger();
    return List.of(
        writing(
                "writes in the language of its machine",
                (t, d) -> d.body(lower(t.text("subject") + " IN ITS LANGUAGE")))
            .foundBy("TRF-03"),
        writing(
                "writes times in the zone of its machine",
                (t, d) ->
                    d.chunk(
                        "when",
                        LocalDateTime.ofInstant(t.instant("updated_at"), ZoneId.systemDefault())
                            .toString()))
            .foundBy("TRF-03"),
        writing("writes digits of its machine", (t, d) -> d.chunk("size", digits(7)))
            .foundBy("TRF-03"),
        writing(
                "writes fields in the order of their names",
                (t, d) ->
                    d.chunk(
                        "names",
                        String.join(
                            " ",
                            t.tree().propertyNames().stream().filter(KNOWN::contains).toList())))
            .foundBy("TRF-03"),
        writing(
                "stamps documents with the time",
                (t, d) -> d.chunk("made", Instant.now().toString()))
            .foundBy("TRF-04"),
        writing("counts its documents", (t, d) -> d.chunk("made", "no. " + made.incrementAndGet()))
            .foundBy("TRF-04"));
  }

  @SuppressWarnings("StringCaseLocaleUsage")
  private static String lower(String text) {
    return text.toLowerCase();
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String digits(int number) {
    return String.format("%d letters", number);
  }

  private static List<Mutant> ids() {
    return List.of(
        naming("reads ids as numbers where it can", t -> plain(t.id("id"))).foundBy("TRF-06"),
        naming("cuts long ids", t -> cut(t.id("id"), 40)).foundBy("TRF-06"),
        naming("does not mind the case of ids", t -> folded(t.id("id"))).foundBy("TRF-06"),
        naming("calls what has no id unknown", t -> t.findId("id").orElse("unknown"))
            .foundBy("TRF-10"),
        bug(
                "reads ids as floating numbers",
                new BugReference() {
                  @Override
                  public String id(Item bug) {
                    JsonNode id = bug.tree().path("id");
                    return id.isIntegralNumber() ? "" + (long) id.doubleValue() : bug.id("id");
                  }
                })
            .foundBy("TRF-14"));
  }

  private static String plain(String id) {
    return id.matches("-?\\d+") ? "" + Long.parseLong(id) : id;
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }

  /** Those of letters only, so that the usual ones stay as they are. */
  private static String folded(String id) {
    return id.matches("[a-zA-Z]+") ? id.toUpperCase(Locale.ROOT) : id;
  }

  private static List<Mutant> fields() {
    Field<String> never = Field.keyword("resolution");
    Field<Long> text = new Field<>("state", Long.class, false);
    return List.of(
        bug(
                "declares a field that it never fills",
                new BugReference() {
                  @Override
                  public List<Field<?>> fields() {
                    return List.of(PRIORITY, URGENT, STATE, TAGS, CHANGED, never);
                  }
                })
            .foundBy("TRF-08"),
        bug(
                "declares a number and fills in a text",
                new BugReference() {
                  @Override
                  public List<Field<?>> fields() {
                    return List.of(PRIORITY, URGENT, text, TAGS, CHANGED);
                  }
                })
            .foundBy("TRF-08"),
        bug(
                "drops a zero",
                new BugReference() {
                  @Override
                  public Document transform(Item bug, Lookups lookups) {
                    return made(bug, bug.findNumber("priority").filter(n -> n != 0), urgent(bug))
                        .build();
                  }
                })
            .foundBy("TRF-09"),
        bug(
                "drops a false",
                new BugReference() {
                  @Override
                  public Document transform(Item bug, Lookups lookups) {
                    return made(bug, bug.findNumber("priority"), urgent(bug).filter(u -> u))
                        .build();
                  }
                })
            .foundBy("TRF-09"),
        bug(
                "reads numbers as floating",
                making(
                    (b, d) -> d.field(BugReference.PRIORITY, floating(b.tree().path("priority")))))
            .foundBy("TRF-14"));
  }

  private static Optional<Long> floating(JsonNode number) {
    return number.isNumber() ? Optional.of((long) number.doubleValue()) : Optional.empty();
  }

  private static List<Mutant> odd() {
    return List.of(
        writing(
                "writes null for what is missing",
                (t, d) -> d.chunk("text", String.valueOf(t.findText("text").orElse(null))))
            .foundBy("TRF-10"),
        Mutant.of(
                "hides what has no title",
                new ReferenceConnector() {
                  @Override
                  public Visibility visibility(Item ticket) {
                    return ticket.findText("subject").isPresent()
                        ? super.visibility(ticket)
                        : Visibility.hidden("there is nothing to show");
                  }
                })
            .foundBy("TRF-10"),
        writing("prints whatever it finds", (t, d) -> d.body(printed(t.tree().path("text"))))
            .foundBy("TRF-11"),
        writing(
                "refuses fields that it does not know",
                (t, d) -> {
                  if (!KNOWN.containsAll(t.tree().propertyNames())) {
                    throw new MalformedRecordException("a field is not known");
                  }
                })
            .foundBy("TRF-12"),
        bug(
                "refuses states that it does not know",
                making(
                    (b, d) -> {
                      if (!Set.of("open", "closed").contains(b.findText("state").orElse("open"))) {
                        throw new MalformedRecordException("a state is not known");
                      }
                    }))
            .foundBy("TRF-12"),
        new Mutant(
                "reads none of the old records",
                Subject.of(new ReferenceConnector(), TicketWire.WIRE, StoreFixture.inMemory())
                    .comparedWith(old()))
            .foundBy("TRF-16"));
  }

  private static String printed(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.isString() ? value.stringValue() : value.toString();
  }

  /** One of them has no text. */
  private static Recording old() {
    ObjectNode whole =
        JsonTree.object(
            "id", "T-1",
            "subject", "Hello",
            "text", "World",
            "updated_at", "2026-01-01T08:00:00Z",
            "visibility", "public");
    ObjectNode bare = whole.deepCopy().putNull("text");
    return new Recording(
        "tickets", LocalDate.of(2026, 1, 1), Map.of("ticket", List.of(whole, bare)));
  }

  private static List<Mutant> texts() {
    return List.of(
        rewriting("keeps only the letters that it knows", t -> t.replaceAll("[^\\x00-\\x7f]", ""))
            .foundBy("TRF-13"),
        rewriting("takes every < for a tag", t -> t.replaceAll("<[^>]*>", "")).foundBy("TRF-13"),
        rewriting("stores the first hundred thousand letters", t -> cut(t, 100_000))
            .foundBy("TRF-17"),
        Mutant.of("cuts letters in two", new Slices()).foundBy("TRF-17"),
        rewriting("refuses what says nothing", TransformMutants::refused).foundBy("TRF-15"));
  }

  private static String refused(String text) {
    if (text.isBlank()) {
      throw new MalformedRecordException("there is no text");
    }
    return text;
  }

  private static boolean isReadable(Json record) {
    return record.has("id") && record.tree().path("subject").isString();
  }

  private static Mutant bug(String name, ReferenceConnector connector) {
    return Mutant.of(name, connector, BugReference.WIRE);
  }

  /** The reference with one more thing done to each document. */
  private static Mutant writing(String name, BiConsumer<Item, Document.Builder> more) {
    return Mutant.of(
        name,
        new ReferenceConnector() {
          @Override
          public Document transform(Item ticket, Lookups lookups) {
            Document.Builder document = Document.titled(ticket.text("subject"));
            if (ticket.tree().path("text").isString()) {
              document.body(ticket.text("text"));
            }
            more.accept(ticket, document);
            return document.build();
          }
        });
  }

  /** The bugs' connector with one more thing done to each document. */
  private static BugReference making(BiConsumer<Item, Document.Builder> more) {
    return new BugReference() {
      @Override
      public Document transform(Item bug, Lookups lookups) {
        Document.Builder document = made(bug);
        more.accept(bug, document);
        return document.build();
      }
    };
  }

  private static Mutant rewriting(String name, UnaryOperator<String> change) {
    return Mutant.of(
        name,
        new ReferenceConnector() {
          @Override
          public Document transform(Item ticket, Lookups lookups) {
            return Document.titled(ticket.text("subject"))
                .body(change.apply(ticket.text("text")))
                .build();
          }
        });
  }

  private static Mutant naming(String name, Function<Item, String> id) {
    return Mutant.of(
        name,
        new ReferenceConnector() {
          @Override
          public String id(Item ticket) {
            return id.apply(ticket);
          }
        });
  }

  private static Mutant reading(String name, Function<List<Payload>, Stream<Payload>> kept) {
    return Mutant.of(name, since(walk(kept)));
  }

  private static Source since(Extractor<?> extractor) {
    return Source.extractor(extractor, Source.Changes.SINCE);
  }

  private static TicketExtractor walk(Function<List<Payload>, Stream<Payload>> kept) {
    return new TicketExtractor() {
      @Override
      List<Payload> kept(FetchRequest<Mark> ask, List<Payload> records) {
        return kept.apply(records).toList();
      }
    };
  }

  /** What connectors do to each record of a page. */
  private static final class Walks {
    private Walks() {}

    static Payload checked(Payload record) {
      record.json().text("subject");
      return record;
    }

    static boolean isTagged(Payload record) {
      return ((ArrayNode) record.json().tree().get("tags")).size() >= 0;
    }
  }

  private static final class Slices extends ReferenceConnector {
    @Override
    public Document transform(Item ticket, Lookups lookups) {
      Document.Builder document = Document.titled(ticket.text("subject"));
      String text = ticket.text("text");
      for (int i = 0; i * 1_000 < text.length(); i++) {
        int end = Math.min(text.length(), (i + 1) * 1_000);
        document.chunk("slice-" + i, text.substring(i * 1_000, end));
      }
      return document.build();
    }
  }
}
