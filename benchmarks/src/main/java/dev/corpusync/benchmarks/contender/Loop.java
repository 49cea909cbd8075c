package dev.corpusync.benchmarks.contender;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import okhttp3.OkHttpClient;

/**
 * The tightest loop: gets a page, reads it token by token, writes it in one transaction, and
 * repeats.
 */
public final class Loop implements Contender {
  private final OkHttpClient client = new OkHttpClient();
  private final URI source;
  private final Connection connection;
  private final PageBatch batch;

  private Loop(URI source, Connection connection, PageBatch batch) {
    this.source = source;
    this.connection = connection;
    this.batch = batch;
  }

  public static Loop open(URI source, Database database) throws SQLException {
    Connection connection = database.connect();
    Tables.create(connection, database);
    return new Loop(source, connection, new PageBatch(connection));
  }

  @Override
  public void run() {
    String cursor = null;
    try {
      do {
        Ticket.Page page = Ticket.parse(Ticket.get(client, Ticket.address(source, cursor)));
        batch.write(page.tickets(), page.next());
        connection.commit();
        cursor = page.next();
      } while (cursor != null);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      batch.close();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    client.connectionPool().evictAll();
  }
}
