package dev.corpusync.document;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A principal that may read: a user, a group, a domain, everyone. Compared by kind, realm and id,
 * as the source names them. Users and groups have ids of one source, so they are stored in a {@link
 * Realm}: connectors name them without one, the engine adds that of the connection, and a query for
 * a person names it too. Addresses, domains and the wide ones have none. The two wide ones, {@link
 * #anyone()} and {@link #organisation()}, get into an access list only through {@link #fromTable},
 * never through a computed default. Immutable.
 *
 * @since 0.1
 */
public final class Principal implements Comparable<Principal> {
  private static final Principal ANYONE = new Principal("anyone:");
  private static final Principal ORGANISATION = new Principal("organisation:");
  private final String text;
  private final boolean fromTable;

  private Principal(String text) {
    this(text, false);
  }

  private Principal(String text, boolean fromTable) {
    this.text = text;
    this.fromTable = fromTable;
  }

  /** A user, by the id in the source; compared with stored readers only {@link #in} a realm. */
  public static Principal user(String id) {
    return narrow("user", id);
  }

  /** A user, by e-mail address; case is ignored. */
  public static Principal email(String address) {
    return narrow("email", address.toLowerCase(Locale.ROOT));
  }

  /** A group, by the id in the source; compared with stored readers only {@link #in} a realm. */
  public static Principal group(String id) {
    return narrow("group", id);
  }

  /** Everyone with an e-mail address of a domain; case is ignored. */
  public static Principal domain(String name) {
    return narrow("domain", name.toLowerCase(Locale.ROOT));
  }

  /** Everyone, without an account. For viewers; see the class comment for access lists. */
  public static Principal anyone() {
    return ANYONE;
  }

  /** Everyone of the tenant. For viewers; see the class comment for access lists. */
  public static Principal organisation() {
    return ORGANISATION;
  }

  /**
   * Returns the principal that a table has for a value of the source. Empty when the value is
   * absent or not in the table, which {@link Access#known} turns into unknown access (P5).
   */
  public static Optional<Principal> fromTable(
      Optional<String> value, Map<String, Principal> table) {
    return value
        .flatMap(v -> Optional.ofNullable(table.get(v)))
        .map(found -> new Principal(found.text, true));
  }

  /**
   * Returns this user or group in a realm. One that has a realm stays in it; an address, a domain,
   * everyone and the organisation have none.
   */
  public Principal in(Realm realm) {
    int colon = text.indexOf(':');
    String sort = text.substring(0, colon);
    return sort.equals("user") || sort.equals("group")
        ? new Principal(sort + '@' + escaped(realm) + text.substring(colon), fromTable)
        : this;
  }

  /** The realm of a user or a group; empty before one is added, and for all others. */
  public Optional<Realm> realm() {
    int at = text.indexOf('@');
    int colon = text.indexOf(':');
    return at < 0 || at > colon
        ? Optional.empty()
        : Optional.of(
            new Realm(text.substring(at + 1, colon).replace("%3A", ":").replace("%25", "%")));
  }

  /** Without a colon, which ends it. */
  private static String escaped(Realm realm) {
    return realm.name().replace("%", "%25").replace(":", "%3A");
  }

  /** Returns this principal, if an access list may name it. */
  Principal granted() {
    if (!fromTable && (equals(ANYONE) || equals(ORGANISATION))) {
      throw new IllegalArgumentException(
          "a wide grant must come from Principal.fromTable, or be Access.wholeConnection");
    }
    return this;
  }

  /** Parses what {@link #toString()} returned. */
  public static Principal parse(String text) {
    if (text.equals(ANYONE.text)) {
      return ANYONE;
    }
    if (text.equals(ORGANISATION.text)) {
      return ORGANISATION;
    }
    int colon = text.indexOf(':');
    int at = text.indexOf('@');
    boolean hasRealm = at >= 0 && at < colon;
    switch (colon < 0 ? "" : text.substring(0, hasRealm ? at : colon)) {
      case "user", "group":
        break;
      case "email", "domain":
        if (!hasRealm) {
          break;
        }
      // fall through
      default:
        throw new IllegalArgumentException(
            "not a principal: expected user:, email:, group:, domain:, anyone: or organisation:");
    }
    Identifier.storable("a principal", text.substring(colon + 1));
    Principal parsed = new Principal(text);
    parsed.realm();
    return parsed;
  }

  private static Principal narrow(String sort, String id) {
    return new Principal(sort + ":" + Identifier.id("a " + sort, id));
  }

  @Override
  public int compareTo(Principal other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Principal p && p.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
