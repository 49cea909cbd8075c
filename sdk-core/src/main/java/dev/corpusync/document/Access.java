package dev.corpusync.document;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who may read one thing: known readers, those of its container, both, or unknown. Unknown is
 * nobody for something new and leaves stored access as it was (P5); it never widens.
 */
public final class Access {
  /** How the readers are found. */
  public enum Mode {
    KNOWN,
    INHERITED,
    INHERITED_AND,
    UNKNOWN
  }

  private final Mode mode;
  private final Set<Principal> readers;
  private final String reason;

  private Access(Mode mode, Collection<Principal> readers, String reason) {
    this.mode = mode;
    this.readers = java.util.Collections.unmodifiableSet(new TreeSet<>(readers));
    this.reason = reason;
  }

  /**
   * Exactly those that the entries name. One entry that maps to nobody known makes the whole access
   * unknown.
   */
  public static <T> Access known(
      Collection<? extends T> entries, Function<? super T, Optional<Principal>> reader) {
    return mapped(Mode.KNOWN, entries, reader);
  }

  public static Access known(Collection<Principal> readers) {
    return new Access(Mode.KNOWN, readers.stream().map(Principal::granted).toList(), "");
  }

  /** Those who may read the container. */
  public static Access inherited() {
    return new Access(Mode.INHERITED, Set.of(), "");
  }

  /** Those who may read the container, and those that the entries name. */
  public static <T> Access inheritedAnd(
      Collection<? extends T> entries, Function<? super T, Optional<Principal>> reader) {
    return mapped(Mode.INHERITED_AND, entries, reader);
  }

  /** It could not be read. The reason is shown to an administrator. */
  public static Access unknown(String reason) {
    return new Access(Mode.UNKNOWN, Set.of(), reason);
  }

  /**
   * The source has no finer permissions than the connection: everyone of the tenant. The reason is
   * shown to an administrator.
   */
  public static Access wholeConnection(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "whole-connection access needs a reason that an administrator can judge");
    }
    return new Access(Mode.KNOWN, Set.of(Principal.organisation()), reason);
  }

  /** Restores what a store kept. */
  public static Access stored(Mode mode, Collection<Principal> readers) {
    return new Access(mode, readers, "");
  }

  private static <T> Access mapped(
      Mode mode, Collection<? extends T> entries, Function<? super T, Optional<Principal>> reader) {
    Set<Principal> readers = new TreeSet<>();
    for (T entry : entries) {
      Optional<Principal> principal = reader.apply(entry);
      if (principal.isEmpty()) {
        return unknown("an entry names no known reader");
      }
      readers.add(principal.get().granted());
    }
    return new Access(mode, readers, "");
  }

  public Mode mode() {
    return mode;
  }

  public Set<Principal> readers() {
    return readers;
  }

  public String reason() {
    return reason;
  }

  /** The readers once the container's are known; nobody where something is unknown. */
  public Set<Principal> effective(Optional<Set<Principal>> container) {
    return switch (mode) {
      case KNOWN -> readers;
      case UNKNOWN -> Set.of();
      case INHERITED -> container.orElse(Set.of());
      case INHERITED_AND -> {
        Set<Principal> both = new TreeSet<>(readers);
        container.ifPresent(both::addAll);
        yield both;
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Access a && a.mode == mode && a.readers.equals(readers);
  }

  @Override
  public int hashCode() {
    return mode.hashCode() * 31 + readers.hashCode();
  }

  /** The mode and the number of readers; names of people are not for logs. */
  @Override
  public String toString() {
    return mode + "(" + readers.size() + ")";
  }
}
