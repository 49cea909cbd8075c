package dev.corpusync.document;

import java.util.regex.Pattern;

/**
 * Where the ids of users and groups come from: one directory of people. Group 7 of one source is
 * not group 7 of another one, so each connection is a realm of its own, unless the host names one
 * that connections of one directory share. A closed value.
 *
 * @param name {@code connection/} and the id of the connection, or the name of a shared realm
 * @since 0.1
 */
public record Realm(String name) implements Comparable<Realm> {
  private static final Pattern SHARED = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String CONNECTION = "connection/";

  public Realm {
    if (!name.startsWith(CONNECTION) && !SHARED.matcher(name).matches()) {
      throw new IllegalArgumentException("a shared realm must match " + SHARED.pattern());
    }
    Identifier.storable("a realm", name);
  }

  /**
   * Names a realm that connections of one directory share.
   *
   * @param name letters, digits, {@code .}, {@code -} and {@code _}, at most 100
   */
  public static Realm shared(String name) {
    if (!SHARED.matcher(name).matches()) {
      throw new IllegalArgumentException("a shared realm must match " + SHARED.pattern());
    }
    return new Realm(name);
  }

  /** Returns the realm of one connection of a tenant. */
  public static Realm ofConnection(String id) {
    return new Realm(CONNECTION + id);
  }

  @Override
  public int compareTo(Realm other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
