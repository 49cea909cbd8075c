package dev.corpusync.connection;

import dev.corpusync.document.Identifier;
import java.util.Set;

/**
 * The account at the source that a connection belongs to, as the source names it. A record whose
 * constructor is public, since connectors create it.
 *
 * @param id never changes, also when the person is renamed
 * @param name shown to people
 * @param site the workspace or host; blank where there is only one
 * @param scopes the granted scopes; empty where the source does not say
 * @param keys what the source calls this account in its webhooks; several where it uses several
 * @since 0.1
 */
public record Account(String id, String name, String site, Set<String> scopes, Set<String> keys) {
  public Account {
    if (id.isBlank()) {
      throw new IllegalArgumentException("an account needs an id");
    }
    scopes = Set.copyOf(scopes);
    keys = Set.copyOf(keys);
  }

  public static Account of(String id, String name) {
    return new Account(Identifier.id("an account", id), name, "", Set.of(), Set.of());
  }

  public Account at(String where) {
    return new Account(id, name, where, scopes, keys);
  }

  public Account granted(Set<String> what) {
    return new Account(id, name, site, what, keys);
  }

  public Account calledInWebhooks(Set<String> names) {
    names.forEach(called -> Identifier.id("an account", called));
    return new Account(id, name, site, scopes, names);
  }

  /** Whether two are one account, whatever it is called and may do today. */
  public boolean isSame(Account other) {
    return id.equals(other.id) && site.equals(other.site);
  }
}
