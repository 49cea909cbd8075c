package dev.corpusync.testkit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.StoreDump;
import dev.corpusync.testkit.trial.StoreSnapshot;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another tenant in the same engine, on the same store, whose things have the same ids. */
public final class OtherTenant {
  private static final ConnectionKey KEY = new ConnectionKey("tenant-2", Trial.KEY.id());
  private static final String TOKEN = "t0ken-0f-the-neighbour";
  private final Subject subject;
  private final Trial trial;
  private final World world;

  public OtherTenant(Subject subject, Trial trial) {
    this.subject = subject;
    this.trial = trial;
    world = new World(Bench.SEED, subject.wire().types(), trial.world().size());
    for (Person person : world.people()) {
      world
          .crowd()
          .change(
              new Person(
                  person.number(),
                  person.login(),
                  "Neighbour No. " + person.number(),
                  person.email(),
                  person.boss()));
    }
    world.all().stream()
        .filter(Thing::isVisible)
        .forEach(thing -> world.rename(thing, "At the neighbour's " + thing.number()));
  }

  public void bothAreAlone() {
    Quirks quirks = new Quirks(3);
    try (FakeServer server = FakeServer.serving(subject.wire().serve(world, quirks, TOKEN))) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("base_url", server.url().toString());
      settings.putAll(subject.wire().settings(world));
      trial.process(
          CrashPlan.counting(),
          (engine, store) -> {
            engine.connect(
                KEY, subject.connector().descriptor().id(), settings, () -> Secret.of(TOKEN));
            both(engine, store, "after a first sync");
            String lost = take(trial.world());
            both(engine, store, "after " + lost + " from the first tenant");
            String alsoLost = take(world);
            both(engine, store, "after " + alsoLost + " from the second tenant");
            return true;
          });
    }
  }

  /** Takes something away: hides it, or deletes it where the API has nothing private. */
  private static String take(World world) {
    return world.hasPrivateThings()
        ? world.hide(Hidden.PRIVATE) + " was hidden"
        : world.remove() + " was deleted";
  }

  private void both(Corpusync engine, Store store, String when) {
    for (ConnectionKey tenant : List.of(Trial.KEY, KEY)) {
      engine.sync(tenant);
      engine.resync(tenant);
      Trial.succeeded(engine.resync(tenant), "of " + tenant + " " + when);
    }
    new Index(subject, trial.world(), store, Trial.KEY).isWhole(when + ", of the first tenant");
    new Index(subject, world, store, KEY).isWhole(when + ", of the second tenant");
    assertThat(shared(store, Trial.KEY, "eighbour"))
        .as("words of the second tenant that the first one holds %s", when)
        .isEmpty();
    assertThat(shared(store, KEY, "Person No.", "About the "))
        .as("words of the first tenant that the second one holds %s", when)
        .isEmpty();
  }

  private List<String> shared(Store store, ConnectionKey of, String... words) {
    String held = StoreDump.of(store, of, StoreSnapshot.of(store, of, subject.streams()));
    return Stream.of(words).filter(held::contains).toList();
  }
}
