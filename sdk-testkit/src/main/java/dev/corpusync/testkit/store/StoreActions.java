package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.random.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;

/** What a run, a second worker, a subscriber or an administrator may do to a store. */
@NullUnmarked // reads maps whose keys it has just written
final class StoreActions {
  private static final List<Access> ACCESS =
      List.of(
          StoreFixture.by(StoreFixture.ANN),
          StoreFixture.by(StoreFixture.BOB),
          Access.inherited(),
          Access.inherited(),
          Access.unknown("no answer"));

  private StoreActions() {}

  private record Named(String name, Predicate<StoreModel> when, Consumer<StoreModel> does)
      implements Action<StoreModel> {
    @Override
    public boolean isPossible(StoreModel model) {
      return when.test(model);
    }

    @Override
    public void run(StoreModel model) {
      does.accept(model);
      model.check();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Named always(String name, Consumer<StoreModel> does) {
    return new Named(name, m -> true, does);
  }

  static Action<StoreModel> next(SplittableRandom random) {
    Ref issue = StoreFixture.ISSUE.ref("i" + random.nextInt(6));
    Ref project = StoreFixture.PROJECT.ref("p" + random.nextInt(3));
    Ref parent = random.nextInt(3) == 0 ? StoreFixture.ISSUE.ref("i" + random.nextInt(6)) : project;
    Optional<Ref> within = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(parent);
    Ref user = StoreFixture.USER.ref("u" + random.nextInt(2));
    Access access = ACCESS.get(random.nextInt(ACCESS.size()));
    String text = "text " + random.nextInt(1000);
    int number = random.nextInt(4);
    return switch (random.nextInt(23)) {
      case 0, 1, 2, 3, 4, 5 ->
          put(issue, new StoreModel.Thing(within, text, access, Optional.of(user), false));
      case 6, 7 -> container(project, number == 0 ? Optional.of(issue) : Optional.empty(), access);
      case 8 -> again(issue);
      case 9, 10 -> delete(number == 0 ? project : number == 1 ? user : issue);
      case 11 -> referenceChanged(user);
      case 12 -> checkpoint(text);
      case 13 -> seen(number);
      case 14 -> always("clearSeen()", m -> clearSeen(m));
      case 15 -> failed("f" + number);
      case 16 -> resolved("f" + number);
      case 17 -> always("takeOver()", StoreActions::takeOver);
      case 18 -> staleWorker(issue);
      case 19 -> always("forgetEvents()", StoreActions::forgetEvents);
      case 20 -> missed(issue, project);
      case 21 -> always("reopen()", m -> m.in.store = m.in.reopen(m.in.store));
      default -> number == 0 ? always("reconnect()", StoreActions::reconnect) : again(issue);
    };
  }

  private static ItemWrite write(Ref ref, StoreModel.Thing thing, Optional<ItemWrite.Event> event) {
    return ItemWrite.of(StoreFixture.artifact(ref, thing.parent(), thing.text(), thing.access()))
        .withDerived(
            Optional.of(
                new Derived(
                    StoreFixture.document("T", "c1", thing.text()),
                    1,
                    thing.lookup().map(Set::of).orElse(Set.of()),
                    Set.of())))
        .withEvent(event);
  }

  private static Named put(Ref ref, StoreModel.Thing thing) {
    return always(
        "put(" + ref + ", " + thing + ")",
        m -> {
          Aspect aspect = m.things.containsKey(ref) ? Aspect.CONTENT : Aspect.CREATED;
          m.in.store.commit(
              m.step().item(write(ref, thing, StoreFixture.event(aspect, "c1"))).build());
          m.things.put(ref, thing);
          m.tell(ref, aspect);
        });
  }

  /** Commits what is stored once more, as a page that is read twice does. */
  private static Named again(Ref ref) {
    return new Named(
        "again(" + ref + ")",
        m -> m.things.containsKey(ref),
        m -> {
          StoreModel.Thing thing = m.things.get(ref);
          m.in.store.commit(m.step().item(write(ref, thing, Optional.empty())).build());
          m.things.put(
              ref,
              new StoreModel.Thing(
                  thing.parent(), thing.text(), thing.access(), thing.lookup(), false));
        });
  }

  private static Named container(Ref ref, Optional<Ref> parent, Access access) {
    return always(
        "container(" + ref + ", " + parent + ", " + access + ")",
        m -> {
          m.in.store.commit(
              m.step().item(StoreFixture.container(ref.id(), parent, access, true)).build());
          m.things.put(ref, new StoreModel.Thing(parent, "", access, Optional.empty(), false));
          m.inheriting(ref).forEach(below -> m.tell(below, Aspect.ACCESS));
        });
  }

  private static Named delete(Ref ref) {
    return always(
        "delete(" + ref + ")",
        m -> {
          m.in.store.commit(m.step().delete(ref).build());
          deleted(m, ref);
        });
  }

  private static void deleted(StoreModel m, Ref ref) {
    for (Ref gone : m.withAllBelow(ref)) {
      if (m.things.remove(gone) != null && StoreModel.isDocument(gone)) {
        m.tell(gone, Aspect.DELETED);
      }
      if (StoreFixture.SCOPE.partition().equals(Optional.of(gone))) {
        m.checkpoint = Optional.empty();
        m.seen.clear();
        m.failures.clear();
      }
      m.failures.remove(StoreModel.isDocument(gone) ? gone.id() : "");
      m.things.replaceAll(
          (other, thing) -> thing.lookup().equals(Optional.of(gone)) ? thing.outdated() : thing);
    }
  }

  /** Deletes what lies in one place, if it still does. */
  private static Named missed(Ref ref, Ref place) {
    return always(
        "missed(" + ref + ", " + place + ")",
        m -> {
          Scope scope = Scope.of(ref.kind(), place);
          m.in.store.commit(m.step().delete(ref, scope).build());
          StoreModel.Thing thing = m.things.get(ref);
          if (thing == null || thing.parent().equals(Optional.of(place))) {
            deleted(m, ref);
          }
        });
  }

  private static Named referenceChanged(Ref user) {
    return always(
        "referenceChanged(" + user + ")",
        m -> {
          m.in.store.commit(m.step().changed(Dependency.record(user)).build());
          m.things.replaceAll(
              (ref, thing) -> thing.lookup().equals(Optional.of(user)) ? thing.outdated() : thing);
        });
  }

  private static Named checkpoint(String suspects) {
    return always(
        "checkpoint(" + suspects + ")",
        m -> {
          Checkpoint checkpoint =
              Checkpoint.builder(StoreFixture.SCOPE)
                  .watermark(m.now)
                  .completed(true)
                  .suspects(suspects)
                  .build();
          m.in.store.commit(m.step().checkpoint(checkpoint).build());
          m.checkpoint = Optional.of(checkpoint);
        });
  }

  private static Named seen(int page) {
    return always(
        "seen(" + page + ")",
        m -> {
          m.in.store.commit(
              m.step().seen(Commit.Seen.of(StoreFixture.SCOPE, page, new long[] {page})).build());
          m.seen.put(page, (long) page);
        });
  }

  private static void clearSeen(StoreModel m) {
    m.in.store.commit(m.step().clearSeen(StoreFixture.SCOPE).build());
    m.seen.clear();
  }

  private static Named failed(String id) {
    return always(
        "failed(" + id + ")",
        m -> {
          m.in.store.commit(
              m.step().failed(StoreFixture.failure(StoreFixture.SCOPE, id, 1, m.now)).build());
          m.failures.merge(id, 1, Integer::sum);
        });
  }

  private static Named resolved(String id) {
    return always(
        "resolved(" + id + ")",
        m -> {
          m.in.store.commit(m.step().resolved(StoreFixture.SCOPE, id).build());
          m.failures.remove(id);
        });
  }

  private static void takeOver(StoreModel m) {
    assertThat(m.in.store.leases().tryAcquire(m.key, m.now, m.now.plusSeconds(60)))
        .as("the lease while it is held")
        .isEmpty();
    m.now = m.now.plusSeconds(60);
    Fence next = m.in.acquire(m.key, m.now, 60);
    assertThat(next.number()).as("the next fence").isGreaterThan(m.fence.number());
    m.former.add(m.fence);
    m.fence = next;
  }

  private static Named staleWorker(Ref ref) {
    return new Named(
        "staleWorker(" + ref + ")",
        m -> !m.former.isEmpty(),
        m -> {
          Fence old = m.former.get(m.former.size() - 1);
          assertThat(m.in.store.leases().renew(old, m.now.plusSeconds(999))).isFalse();
          assertThatThrownBy(
                  () ->
                      m.in.store.commit(
                          Commit.under(old, StoreFixture.RUN)
                              .item(StoreFixture.issue(ref.id()))
                              .delete(StoreFixture.ISSUE.ref("i0"))
                              .build()))
              .isInstanceOf(LeaseLostException.class);
        });
  }

  /** A subscriber acknowledges half of what there is, and leaves. */
  private static void forgetEvents(StoreModel m) {
    String subscriber = m.key.id();
    List<Outbox.Event> all = m.in.store.outbox().events(m.key, 0, 100_000);
    int half = all.size() / 2;
    m.in.store.outbox().positions(m.key.tenant(), subscriber);
    m.in
        .store
        .outbox()
        .acknowledge(
            Outbox.Position.builder(subscriber, m.key, m.fence.generation())
                .acknowledged(half == 0 ? 0 : all.get(half - 1).number())
                .build());
    assertThat(m.in.store.outbox().purgeAcknowledged(m.key)).as("dropped events").isEqualTo(half);
    m.in.store.outbox().unsubscribe(m.key.tenant(), subscriber);
    m.events.subList(0, half).clear();
  }

  private static void reconnect(StoreModel m) {
    m.disconnect();
    m.check();
    m.connect();
  }
}
