package dev.corpusync.store;

import dev.corpusync.error.UnsupportedFeatureException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A kind of data that a store can keep and a smaller or older store may lack. Two are equal when
 * their names are; a name that this version does not know is no error, so a newer store works with
 * an older engine.
 *
 * <p>To add one: add a constant here, return it from {@link Commit#needs()} for the commits that
 * carry such data, add it to {@link Commit#mayNeed()}, and add it to the stores that keep it and to
 * the checks of the storage contract.
 *
 * @since 0.1
 */
public final class Feature implements Comparable<Feature> {
  /** ETags with the record whose answer they came with: {@link Commit#entityTags()}. */
  public static final Feature ENTITY_TAGS = named("entity-tags");

  /** The time before which a rate-limited run must not continue: {@code Run.notBefore()}. */
  public static final Feature RUN_WAITS = named("run-waits");

  /** Deletions that wait for an approval: {@link Commit#held()} and {@link Commit#decided()}. */
  public static final Feature HELD_DELETIONS = named("held-deletions");

  /**
   * Full passes that scopes owe: {@link Commit#fullPassOwed()}, {@code Checkpoint.fullPassOwed()}.
   */
  public static final Feature FULL_PASS_OWED = named("full-pass-owed");

  /** What the items of a scope depend on: {@link Commit#scopeDependencies()}. */
  public static final Feature SCOPE_DEPENDENCIES = named("scope-dependencies");

  /** Parts that could not be read: {@link Commit#unread()}. */
  public static final Feature UNREAD_PARTS = named("unread-parts");

  /** Older revisions that a full pass saw: {@link ItemWrite#older()}. */
  public static final Feature OLDER_REVISIONS = named("older-revisions");

  /** What a round of runs has read: {@code Run.round()} and {@code Checkpoint.round()}. */
  public static final Feature ROUNDS = named("rounds");

  /** Sealed secrets and claims: {@link Store#secrets()}. */
  public static final Feature SECRETS = named("secrets");

  private final String name;

  private Feature(String name) {
    this.name = name;
  }

  /**
   * @param name lower-case words with hyphens, for messages and for comparison between versions
   */
  public static Feature named(String name) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "the name of a feature is lower-case words with hyphens between them");
    }
    return new Feature(name);
  }

  /**
   * Refuses a store that lacks a needed feature.
   *
   * @param what what was attempted, for the message: "open the engine"
   * @throws UnsupportedFeatureException when one is missing, with all that are
   */
  public static void require(Store store, Collection<Feature> needed, String what) {
    if (needed.isEmpty()) {
      return;
    }
    Set<Feature> missing = new TreeSet<>(needed);
    missing.removeAll(store.features());
    if (!missing.isEmpty()) {
      throw new UnsupportedFeatureException(
          what,
          store.getClass().getSimpleName(),
          missing.stream().map(Feature::name).collect(Collectors.toSet()));
    }
  }

  public String name() {
    return name;
  }

  @Override
  public int compareTo(Feature other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Feature feature && feature.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
