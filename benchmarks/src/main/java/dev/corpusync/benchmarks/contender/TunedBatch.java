package dev.corpusync.benchmarks.contender;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.Chunk;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Spring Batch with the parser and the batches of {@link Loop}: the difference is the framework.
 */
public final class TunedBatch implements Contender {
  private final OkHttpClient client = new OkHttpClient();
  private final URI source;
  private final Connection connection;
  private final PageBatch batch;
  private final Deque<Ticket> ahead = new ArrayDeque<>();
  private @Nullable String cursor;
  private boolean ended;

  private TunedBatch(URI source, Connection connection, PageBatch batch) {
    this.source = source;
    this.connection = connection;
    this.batch = batch;
  }

  public static TunedBatch open(URI source, Database database) throws SQLException {
    Connection connection = database.connect();
    Tables.create(connection, database);
    return new TunedBatch(source, connection, new PageBatch(connection));
  }

  @Override
  public void run() {
    JdbcTransactionManager transactions =
        new JdbcTransactionManager(new SingleConnectionDataSource(connection, true));
    new Batch()
        .run(
            repository ->
                new StepBuilder("copy", repository)
                    .<Ticket, Ticket>chunk(100, transactions)
                    .reader(this::read)
                    .writer(this::write)
                    .build());
  }

  private @Nullable Ticket read() {
    if (ahead.isEmpty() && !ended) {
      Ticket.Page page = Ticket.parse(Ticket.get(client, Ticket.address(source, cursor)));
      ahead.addAll(page.tickets());
      cursor = page.next();
      ended = cursor == null;
    }
    return ahead.poll();
  }

  private void write(Chunk<? extends Ticket> tickets) throws SQLException {
    batch.write(tickets.getItems(), cursor);
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
