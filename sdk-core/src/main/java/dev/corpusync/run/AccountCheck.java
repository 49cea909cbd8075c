package dev.corpusync.run;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Identified;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.WrongSiteException;
import dev.corpusync.extract.Api;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks an API whose account the credentials open, and compares it with the connection's. */
public final class AccountCheck {
  private AccountCheck() {}

  /**
   * Returns the account; empty when the connector is not {@link Identified}.
   *
   * @throws dev.corpusync.error.RemoteException by what a person can do about it
   */
  public static Optional<Account> ask(Connector connector, Api api) {
    if (!(connector instanceof Identified identified)) {
      return Optional.empty();
    }
    Account who;
    try {
      who = identified.whoAmI(api);
    } catch (NotFoundException | MalformedReplyException | MalformedRecordException e) {
      throw new WrongSiteException(
          "what answers at the address is not the API of "
              + connector.descriptor().title()
              + ": "
              + e.getMessage()
              + ". Check the address",
          e);
    }
    Set<String> lacking = new TreeSet<>(identified.neededScopes());
    lacking.removeAll(who.scopes());
    if (!who.scopes().isEmpty() && !lacking.isEmpty()) {
      throw new AccessDeniedException(
          "the account was not granted " + lacking + ": grant it and connect again");
    }
    return Optional.of(who);
  }

  /**
   * Checks the account before anything is read: some APIs answer a revoked key with 200 and the
   * anonymous view.
   *
   * @throws CredentialsRejectedException when it is another account than the connection's
   */
  static void verify(Connection connection, Connector connector, Api api) {
    ask(connector, api).ifPresent(who -> requireSame(connection, who));
  }

  public static void requireSame(Connection connection, Account who) {
    if (connection.account().filter(known -> !known.isSame(who)).isPresent()) {
      throw new CredentialsRejectedException(
          "the credentials of "
              + connection.key()
              + " open another account than the one that was connected, or none: sign in again with"
              + " the first one, or disconnect. Nothing was changed");
    }
  }
}
