package dev.corpusync.document;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who may read a record: known readers, those of its container, both, or unknown. Unknown access
 * lets nobody read a new record and leaves the stored access of an older one as it is (P5).
 * Immutable.
 *
 * @since 0.1
 */
public final class Access {
  /** How the readers are found. Stored by name; further modes may be added in a minor release. */
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
   * Lets exactly those read that the entries name. One entry without a known reader makes the whole
   * access unknown.
   */
  public static <T> Access known(
      Collection<? extends T> entries, Function<? super T, Optional<Principal>> reader) {
    return mapped(Mode.KNOWN, entries, reader);
  }

  /** Lets exactly these readers read. */
  public static Access known(Collection<Principal> readers) {
    return new Access(Mode.KNOWN, readers.stream().map(Principal::granted).toList(), "");
  }

  /** Lets the readers of the container read. */
  public static Access inherited() {
    return new Access(Mode.INHERITED, Set.of(), "");
  }

  /** Lets the readers of the container read, and those that the entries name. */
  public static <T> Access inheritedAnd(
      Collection<? extends T> entries, Function<? super T, Optional<Principal>> reader) {
    return mapped(Mode.INHERITED_AND, entries, reader);
  }

  /** Unknown, because it could not be read. The reason is shown to an administrator. */
  public static Access unknown(String reason) {
    return new Access(Mode.UNKNOWN, Set.of(), reason);
  }

  /**
   * Lets everyone of the tenant read, because the source has no permissions below the connection.
   * The reason is shown to an administrator.
   */
  public static Access wholeConnection(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "whole-connection access needs a reason that an administrator can judge");
    }
    return new Access(Mode.KNOWN, Set.of(Principal.organisation()), reason);
  }

  /** Restores stored access. */
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

  /** Returns this access with its users and groups {@linkplain Principal#in in a realm}. */
  public Access in(Realm realm) {
    return new Access(mode, readers.stream().map(reader -> reader.in(realm)).toList(), reason);
  }

  /** How the readers are found. */
  public Mode mode() {
    return mode;
  }

  /** The readers that are named, without those of the container. */
  public Set<Principal> readers() {
    return readers;
  }

  /** Why access is unknown or for everyone; blank otherwise and when restored from a store. */
  public String reason() {
    return reason;
  }

  /** Returns the readers, given those of the container; nobody where something is unknown. */
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

  /**
   * Returns access that lets nobody read whom this or the other does not let, whatever becomes of
   * the container. Readers whom only the container lets read are kept where both inherit.
   */
  public Access common(Access other) {
    if (mode == Mode.UNKNOWN || other.mode == Mode.UNKNOWN) {
      return unknown("one of two states is unknown");
    }
    Set<Principal> both = new TreeSet<>(readers);
    both.retainAll(other.readers);
    if (mode == Mode.KNOWN || other.mode == Mode.KNOWN) {
      return new Access(Mode.KNOWN, both, "");
    }
    return new Access(both.isEmpty() ? Mode.INHERITED : Mode.INHERITED_AND, both, "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Access a && a.mode == mode && a.readers.equals(readers);
  }

  @Override
  public int hashCode() {
    return mode.hashCode() * 31 + readers.hashCode();
  }

  /** The mode and the number of readers, without their names, which must not be logged. */
  @Override
  public String toString() {
    return mode + "(" + readers.size() + ")";
  }
}
