package dev.corpusync.benchmarks.contender;

import dev.corpusync.document.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JDBC batch per table, prepared once: the fastest portable way to write a page. */
final class PageBatch implements AutoCloseable {
  private static final String TENANT = "acme";
  private static final String CONNECTION = "main";
  private static final String KIND = "ticket";
  private final PreparedStatement artifact;
  private final PreparedStatement document;
  private final PreparedStatement chunk;
  private final PreparedStatement event;
  private final PreparedStatement position;
  private long events;

  PageBatch(Connection connection) throws SQLException {
    artifact = connection.prepareStatement(Tables.ARTIFACT);
    document = connection.prepareStatement(Tables.DOCUMENT);
    chunk = connection.prepareStatement(Tables.CHUNK);
    event = connection.prepareStatement(Tables.EVENT);
    position = connection.prepareStatement(Tables.POSITION);
    events = Tables.lastEvent(connection);
    connection.commit();
  }

  /** Writes a page within the transaction of the caller. */
  void write(List<? extends Ticket> tickets, @Nullable String next) throws SQLException {
    for (Ticket ticket : tickets) {
      owner(artifact, ticket);
      artifact.setString(5, Hash.of(ticket.payload()));
      artifact.setBytes(6, ticket.payload());
      artifact.addBatch();
      owner(document, ticket);
      document.setString(5, ticket.subject());
      document.setString(6, ticket.status());
      document.addBatch();
      chunk(ticket, "description", ticket.description());
      chunk(ticket, "comment", ticket.comment());
      event.setString(1, TENANT);
      event.setString(2, CONNECTION);
      event.setLong(3, ++events);
      event.setString(4, KIND);
      event.setString(5, ticket.id());
      event.addBatch();
    }
    artifact.executeBatch();
    document.executeBatch();
    chunk.executeBatch();
    event.executeBatch();
    position.setString(1, TENANT);
    position.setString(2, CONNECTION);
    position.setString(3, KIND);
    position.setString(4, next == null ? "" : next);
    position.executeUpdate();
  }

  private void chunk(Ticket ticket, String key, String text) throws SQLException {
    owner(chunk, ticket);
    chunk.setString(5, key);
    chunk.setString(6, text);
    chunk.addBatch();
  }

  private static void owner(PreparedStatement statement, Ticket ticket) throws SQLException {
    statement.setString(1, TENANT);
    statement.setString(2, CONNECTION);
    statement.setString(3, KIND);
    statement.setString(4, ticket.id());
  }

  @Override
  public void close() throws SQLException {
    artifact.close();
    document.close();
    chunk.close();
    event.close();
    position.close();
  }
}
