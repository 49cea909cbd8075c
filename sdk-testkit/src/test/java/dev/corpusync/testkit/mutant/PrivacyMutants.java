package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.testkit.mutant.PagingMutants.At;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.SummaryReference;
import dev.corpusync.testkit.reference.TrackerReference;
import dev.corpusync.testkit.reference.TrackerWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.transform.Lookups;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the checks of PRIV find out. */
final class PrivacyMutants {
  private static final String FIELD = "visibility";

  private PrivacyMutants() {}

  static List<Mutant> all() {
    return List.of(
        judging("takes a record without the field for public", t -> !t.tree().has(FIELD))
            .foundBy("PRIV-02"),
        judging(
                "takes what is not private for public",
                t -> t.findText(FIELD).filter(v -> !v.equals("private")).isPresent())
            .foundBy("PRIV-03"),
        judging(
                "does not mind the case of public",
                t ->
                    t.find(FIELD)
                        .filter(v -> v.tree().asString("").equalsIgnoreCase("public"))
                        .isPresent())
            .foundBy("PRIV-03"),
        judging(
                "finds public in any value",
                t -> t.find(FIELD).filter(v -> v.tree().toString().contains("public")).isPresent())
            .foundBy("PRIV-03"),
        judging("takes null for public", t -> t.tree().has(FIELD) && t.tree().get(FIELD).isNull())
            .foundBy("PRIV-03"),
        new Mutant(
                "knows only secret projects",
                tracker(new OnlySecret(), new TrackerReference.Issues()))
            .foundBy("PRIV-04"),
        Mutant.of("leaves private tickets out itself", PagingMutants.own(new Leaving()))
            .foundBy("PRIV-05"),
        Mutant.of("remembers its verdict on a text", new Remembering()).foundBy("PRIV-06"),
        Mutant.of("leaves out for good what was private once", PagingMutants.own(new Grudging()))
            .foundBy("PRIV-08"),
        new Mutant(
                "judges by the listing what it then fetches",
                SummaryReference.subject(new JudgedByListing()))
            .foundBy("PRIV-07"),
        new Mutant("takes denied for public", SummaryReference.subject(new DeniedIsPublic()))
            .foundBy("PRIV-09"),
        Mutant.of("a store that keeps a copy of what it deletes", FaultyStores.hoarding())
            .foundBy("PRIV-13"),
        Mutant.of("a store that knows no tenants", FaultyStores.tenantless()).foundBy("PRIV-15"),
        new Mutant(
                "remembers the first name of each person",
                tracker(new TrackerReference.Projects(), new FirstName()))
            .foundBy("PRIV-15"),
        new Mutant(
                "leaves private projects out of a listing that proves nothing",
                tracker(new LeavingProjects(), new TrackerReference.Issues()))
            .foundBy("PRIV-16"),
        new Mutant(
                "takes the ids of one project for those of all",
                tracker(
                    new TrackerReference.Projects(),
                    new TrackerReference.Issues() {
                      @Override
                      public Ids ids() {
                        return Ids.EVERYWHERE;
                      }
                    }))
            .foundBy("TRF-19"),
        quoting(),
        new Mutant("fetches each by itself", SummaryReference.subject(new SummaryReference())));
  }

  private static Mutant judging(String name, Predicate<Json> also) {
    return Mutant.of(
        name,
        new ReferenceConnector() {
          @Override
          public Visibility visibility(Item ticket) {
            return also.test(ticket)
                ? Visibility.declared("it looks public")
                : super.visibility(ticket);
          }
        });
  }

  private static Mutant quoting() {
    return Mutant.of(
            "quotes the record that it cannot read",
            new ReferenceConnector() {
              @Override
              public dev.corpusync.document.Document transform(Item ticket, Lookups lookups) {
                try {
                  return super.transform(ticket, lookups);
                } catch (MalformedRecordException e) {
                  throw new MalformedRecordException("cannot read " + ticket.tree());
                }
              }
            })
        .foundBy("PRIV-10");
  }

  static Subject tracker(ContainerStream projects, DocumentStream issues) {
    return Subject.of(
        new TrackerReference() {
          @Override
          public ContainerStream projects() {
            return projects;
          }

          @Override
          public DocumentStream issues() {
            return issues;
          }
        },
        TrackerWire.WIRE,
        StoreFixture.inMemory());
  }

  private static final class OnlySecret extends TrackerReference.Projects {
    @Override
    public Visibility visibility(Item project) {
      return Visibility.allow(project, FIELD, "secret").isVisible()
          ? Visibility.hidden("it is secret")
          : Visibility.declared("it is not secret");
    }
  }

  /** Pages of which something is left out. */
  private abstract static class Picking implements Extractor<At> {
    @Override
    public Class<At> cursor() {
      return At.class;
    }

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply = ask.api().send(PagingMutants.ByHand.call(ask));
      List<Payload> records =
          reply.records("data").stream().filter(r -> keeps(ask, r.json())).toList();
      Page.Builder page = Page.of(records);
      Optional<String> next = reply.json().findText("next");
      return next.map(n -> page.next(new At(n))).orElseGet(() -> page.end(Proof.SAID));
    }

    abstract boolean keeps(FetchRequest<At> ask, Json ticket);

    static boolean isPublic(Json ticket) {
      return Visibility.allow(ticket, FIELD, "public").isVisible();
    }
  }

  private static final class Leaving extends Picking {
    @Override
    boolean keeps(FetchRequest<At> ask, Json ticket) {
      return isPublic(ticket);
    }
  }

  private static final class Grudging extends Picking {
    private final Set<String> once = new HashSet<>();

    @Override
    boolean keeps(FetchRequest<At> ask, Json ticket) {
      if (ask.since().isEmpty()) {
        once.clear();
      }
      String id = ticket.id("id");
      boolean grudge = once.contains(id) && isPublic(ticket);
      if (!isPublic(ticket)) {
        once.add(id);
      }
      return !grudge;
    }
  }

  private static final class Remembering extends ReferenceConnector {
    private final Map<String, Visibility> verdicts = new HashMap<>();

    @Override
    public Visibility visibility(Item ticket) {
      return verdicts.computeIfAbsent(
          ticket.text("text") + ticket.text("updated_at"), text -> super.visibility(ticket));
    }
  }

  private static final class JudgedByListing extends SummaryReference {
    @Override
    public Optional<Payload> kept(Payload listed, Api.Attempt fetched) {
      return super.kept(listed, fetched)
          .map(
              record ->
                  Visibility.allow(listed.json(), FIELD, "public").isVisible()
                      ? published(record)
                      : record);
    }
  }

  private static final class DeniedIsPublic extends SummaryReference {
    @Override
    public Optional<Payload> kept(Payload listed, Api.Attempt fetched) {
      return fetched instanceof Api.Attempt.Denied
          ? Optional.of(published(listed))
          : super.kept(listed, fetched);
    }
  }

  private static Payload published(Payload record) {
    String json = new String(record.bytes(), StandardCharsets.UTF_8);
    return Payload.of(
        json.replace("\"visibility\":\"private\"", "\"visibility\":\"public\"")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static final class FirstName extends TrackerReference.Issues {
    private final Map<String, String> names = new HashMap<>();

    @Override
    public String author(Json record, Lookups lookups) {
      return names.computeIfAbsent(record.id("author_id"), id -> super.author(record, lookups));
    }
  }

  private static final class LeavingProjects extends TrackerReference.Projects {
    @Override
    public Source source() {
      Function<Payload, Boolean> shown =
          p -> Visibility.allow(p.json(), FIELD, "open", "members").isVisible();
      return Source.extractor(
          new Extractor<At>() {
            @Override
            public Class<At> cursor() {
              return At.class;
            }

            @Override
            public Page<At> fetch(FetchRequest<At> ask) {
              Call first = Call.get("/projects");
              Reply reply =
                  ask.api()
                      .send(
                          ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
              Page.Builder page =
                  Page.of(reply.records("data").stream().filter(shown::apply).toList());
              return reply
                  .json()
                  .findText("next")
                  .map(n -> page.next(new At(n)))
                  .orElseGet(() -> page.end(Proof.NONE));
            }
          },
          Source.Changes.RELISTED);
    }
  }
}
