package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.World;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses all requests of one sort, whatever it is that they ask for, after something was hidden.
 */
final class DeniedRequests {
  private static final int ALWAYS = 40;
  private final Area area;

  DeniedRequests(Area area) {
    this.area = area;
  }

  void run() {
    Map<String, Set<String>> sorts = sorts();
    assertThat(sorts).as("sorts of requests").isNotEmpty();
    for (Set<String> paths : sorts.values()) {
      for (int status : List.of(403, 404, 500)) {
        deny(paths, status);
      }
    }
  }

  /** The paths of a first sync and of one after a change, by their shape. */
  private Map<String, Set<String>> sorts() {
    try (Trial trial = area.trial()) {
      trial.sync();
      trial.world().edit();
      trial.sync();
      Map<String, Set<String>> sorts = new LinkedHashMap<>();
      for (Exchange exchange : trial.server().exchanges()) {
        sorts
            .computeIfAbsent(
                exchange.path().replaceAll("\\d+", "#"), shape -> new LinkedHashSet<>())
            .add(exchange.path());
      }
      return sorts;
    }
  }

  private void deny(Set<String> paths, int status) {
    try (Trial trial = area.trial()) {
      trial.sync();
      String when = "when " + paths.iterator().next() + " and its like answer " + status;
      Optional<Thing> hidden = somethingPrivate(trial.world());
      container(trial.world()).ifPresent(c -> trial.world().hide(c, Hidden.PRIVATE));
      for (String path : paths) {
        for (int n = 1; n <= ALWAYS; n++) {
          trial.server().fault(path, n, Fault.status(status));
        }
      }
      trial.sync();
      PrivacyChecks.hasNothingPrivate(
          trial, when + hidden.map(thing -> ", and " + thing + " was hidden before").orElse(""));
      trial.server().heal();
      trial.sync();
      trial.proveAbsences();
      trial.index().isWhole("once it is over, " + when);
    }
  }

  /** Empty where the API has nothing private: then a denial must do no harm, no more. */
  private static Optional<Thing> somethingPrivate(World world) {
    return world.hasPrivateThings() ? Optional.of(world.hide(Hidden.PRIVATE)) : Optional.empty();
  }

  /** A container that can say that it is private, and that nobody has let in by its name. */
  private static Optional<Thing> container(World world) {
    return world.types().stream()
        .filter(type -> world.isContainer(type) && type.has(Trait.HIDEABLE))
        .flatMap(type -> world.visible(type.kind()).stream())
        .filter(thing -> !thing.isRestricted())
        .reduce((a, b) -> b);
  }
}
