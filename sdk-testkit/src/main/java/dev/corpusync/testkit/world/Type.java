package dev.corpusync.testkit.world;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * A kind of thing at the source.
 *
 * @param kind as the connector calls it
 * @param parent the kind of container that each is in
 * @param id what the API calls the thing of a number
 * @since 0.1
 */
public record Type(
    String kind, Optional<String> parent, IntFunction<String> id, Set<Trait> traits) {
  public Type {
    traits = Set.copyOf(traits);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public Type with(Trait trait) {
    Set<Trait> more = new TreeSet<>(traits);
    more.add(trait);
    return new Type(kind, parent, id, more);
  }
}
