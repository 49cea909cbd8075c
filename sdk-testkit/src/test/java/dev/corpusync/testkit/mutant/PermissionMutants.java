package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Reply;
import dev.corpusync.extract.Source;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Proof;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.mutant.PagingMutants.At;
import dev.corpusync.testkit.reference.TrackerReference;
import dev.corpusync.testkit.reference.TrackerWire;
import dev.corpusync.testkit.store.MutableCommit;
import dev.corpusync.testkit.subject.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What the checks of PERM find out. */
final class PermissionMutants {
  private static final Map<String, Principal> ALL = Map.of("all", Principal.organisation());

  private PermissionMutants() {}

  static List<Mutant> all() {
    return List.of(
        issues("lets the readers of the project read what is for few", i -> Access.inherited())
            .foundBy("PERM-01"),
        issues(
                "lets the readers of the project read too",
                i ->
                    i.map(item -> Access.inheritedAnd(item.part(TrackerReference.READERS), email()))
                        .orElseGet(Access::inherited))
            .foundBy("PERM-01"),
        projects(
                "lets everyone of the tenant read everything",
                p -> Access.wholeConnection("nobody asked"))
            .foundBy("PERM-01"),
        new Mutant(
                "reads only the first page of readers",
                PrivacyMutants.tracker(new FirstPageOfMembers(), new TrackerReference.Issues()))
            .foundBy("PERM-01"),
        new Mutant(
                "says that joining a project touches it",
                PrivacyMutants.tracker(new Touching(), new TrackerReference.Issues()))
            .foundBy("PERM-02"),
        projects(
                "takes a reader without an address for everyone",
                p ->
                    Access.known(
                        p.part(TrackerReference.READERS),
                        r ->
                            r.findText("email")
                                .map(Principal::email)
                                .or(() -> Principal.fromTable(Optional.of("all"), ALL))))
            .foundBy("PERM-03"),
        new Mutant(
                "takes denied readers for none",
                PrivacyMutants.tracker(new Inlining(), new TrackerReference.Issues()))
            .foundBy("PERM-04"),
        // Right since what an answer was made of is recorded.
        new Mutant(
            "copies the access of the project into each issue",
            PrivacyMutants.tracker(new TrackerReference.Projects(), new Copying())),
        issues(
                "takes no readers for those of the project",
                i ->
                    i.filter(item -> !item.part(TrackerReference.READERS).isEmpty())
                        .map(TrackerReference::listed)
                        .orElseGet(Access::inherited))
            .foundBy("PERM-07"),
        new Mutant(
                "a store that writes access one commit later",
                Subject.of(new TrackerReference(), TrackerWire.WIRE, FaultyStores.lateWithAccess()))
            .foundBy("PERM-08"),
        new Mutant(
                "a store that only adds readers",
                Subject.of(
                    new TrackerReference(), TrackerWire.WIRE, FaultyStores.fixture(Adding::new)))
            .foundBy("PERM-05"),
        new Mutant(
                "tells people apart by the letters of their address",
                byName(email -> Principal.user(email)))
            .foundBy("PERM-09"),
        new Mutant("knows people by their numbers", byNumber()));
  }

  private static Function<Json, Optional<Principal>> email() {
    return reader -> reader.findText("email").map(Principal::email);
  }

  /** Issues whose access is another; empty for those that are for everyone. */
  private static Mutant issues(String name, Function<Optional<Item>, Access> access) {
    DocumentStream issues =
        new TrackerReference.Issues() {
          @Override
          public Access access(Item issue) {
            return access.apply(Optional.of(issue).filter(TrackerReference::isForMembers));
          }
        };
    return new Mutant(name, PrivacyMutants.tracker(new TrackerReference.Projects(), issues));
  }

  private static Mutant projects(String name, Function<Item, Access> access) {
    ContainerStream projects =
        new TrackerReference.Projects() {
          @Override
          public Access access(Item project) {
            return TrackerReference.isForMembers(project)
                ? access.apply(project)
                : super.access(project);
          }
        };
    return new Mutant(name, PrivacyMutants.tracker(projects, new TrackerReference.Issues()));
  }

  private static Subject byName(Function<String, Principal> principal) {
    return naming(reader -> reader.findText("email").map(principal));
  }

  /** Right: the API gives everyone a number. */
  private static Subject byNumber() {
    return naming(reader -> reader.findId("id").map(Principal::user));
  }

  private static Subject naming(Function<Json, Optional<Principal>> principal) {
    return PrivacyMutants.tracker(
        new TrackerReference.Projects() {
          @Override
          public Access access(Item project) {
            return TrackerReference.isForMembers(project)
                ? Access.known(project.part(TrackerReference.READERS), principal)
                : super.access(project);
          }
        },
        new TrackerReference.Issues() {
          @Override
          public Access access(Item issue) {
            return TrackerReference.isForMembers(issue)
                ? Access.known(issue.part(TrackerReference.READERS), principal)
                : Access.inherited();
          }
        });
  }

  private static Listing members(Paging paging) {
    return Listing.of(at -> Call.get("/projects/{}/members", at.item().id("id")), "data", paging)
        .onlyWhen(at -> TrackerReference.isForMembers(at.item()));
  }

  private static final class FirstPageOfMembers extends TrackerReference.Projects {
    @Override
    public List<PartListing> parts() {
      return List.of(
          PartListing.of(TrackerReference.READERS, Touches.NOTHING, members(Paging.single())));
    }
  }

  private static final class Touching extends TrackerReference.Projects {
    @Override
    public List<PartListing> parts() {
      return List.of(
          PartListing.of(
              TrackerReference.READERS, Touches.RECORD, members(Paging.cursor("cursor", "next"))));
    }
  }

  private static final class Copying extends TrackerReference.Issues {
    @Override
    public Access access(Item issue) {
      return TrackerReference.isForMembers(issue)
          ? super.access(issue)
          : new TrackerReference.Projects().access(issue.parent());
    }
  }

  /** Reads the members of a project while it lists projects, and puts them into the record. */
  private static final class Inlining extends TrackerReference.Projects {
    @Override
    public List<PartListing> parts() {
      return List.of();
    }

    @Override
    public Access access(Item project) {
      return TrackerReference.isForMembers(project)
          ? Access.known(project.each("members"), email())
          : super.access(project);
    }

    @Override
    public Source source() {
      return Source.extractor(
          new Extractor<At>() {
            @Override
            public Class<At> cursor() {
              return At.class;
            }

            @Override
            public int requestsPerPage() {
              return 100;
            }

            @Override
            public Page<At> fetch(FetchRequest<At> ask) {
              Call first = Call.get("/projects");
              Reply reply =
                  ask.api()
                      .send(
                          ask.position().map(p -> first.query("cursor", p.cursor())).orElse(first));
              List<Payload> records = new ArrayList<>();
              reply.records("data").forEach(p -> records.add(withMembers(ask.api(), p)));
              Page.Builder page = Page.of(records);
              return reply
                  .json()
                  .findText("next")
                  .map(n -> page.next(new At(n)))
                  .orElseGet(() -> page.end(Proof.SAID));
            }
          },
          Source.Changes.RELISTED);
    }

    private static Payload withMembers(Api api, Payload project) {
      String id = project.json().id("id");
      StringBuilder members = new StringBuilder();
      Optional<String> cursor = Optional.of("");
      while (cursor.isPresent()) {
        Call call = Call.get("/projects/{}/members", id);
        Api.Attempt answer =
            api.attempt(cursor.get().isEmpty() ? call : call.query("cursor", cursor.get()));
        if (!(answer instanceof Api.Attempt.Found found)) {
          members.setLength(0);
          break;
        }
        for (Payload member : found.reply().records("data")) {
          members
              .append(members.isEmpty() ? "" : ",")
              .append(new String(member.bytes(), StandardCharsets.UTF_8));
        }
        cursor = found.reply().json().findText("next");
      }
      String json = new String(project.bytes(), StandardCharsets.UTF_8);
      return Payload.of(
          (json.substring(0, json.length() - 1) + ",\"members\":[" + members + "]}")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A person who could read a thing once can read it for ever. */
  private static final class Adding extends ForwardingStore {
    Adding(Store right) {
      super(right);
    }

    @Override
    public CommitResult commit(Commit commit) {
      Map<Ref, Artifact> before =
          store
              .corpus()
              .artifacts(
                  commit.fence().key(),
                  commit.items().stream().map(i -> i.artifact().ref()).toList());
      MutableCommit draft = new MutableCommit(commit);
      draft.items.replaceAll(item -> readableAsBefore(item, before));
      return super.commit(draft.commit());
    }

    private static ItemWrite readableAsBefore(ItemWrite item, Map<Ref, Artifact> before) {
      Artifact now = item.artifact();
      Set<Principal> readers = new TreeSet<>(now.access().readers());
      Optional.ofNullable(before.get(now.ref()))
          .ifPresent(old -> readers.addAll(old.access().readers()));
      Access access = Access.stored(now.access().mode(), readers);
      return ItemWrite.of(FaultyStores.reading(now, access))
          .withDerived(item.derived())
          .withEvent(item.event());
    }
  }
}
