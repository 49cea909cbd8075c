package dev.corpusync.benchmarks.contender;

import com.zaxxer.hikari.HikariDataSource;
import dev.corpusync.document.Hash;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.Chunk;
import org.springframework.batch.item.ItemWriter;
import org.springframework.batch.item.database.JdbcBatchItemWriter;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.support.CompositeItemWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.SimplePropertySqlParameterSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Spring Batch as in its guide: a reader, a processor, a JDBC writer for each table. */
public final class IdiomaticBatch implements Contender {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final OkHttpClient client = new OkHttpClient();
  private final URI source;
  private final HikariDataSource pool;
  private final Deque<JsonNode> ahead = new ArrayDeque<>();
  private long number;
  private @Nullable String cursor;
  private boolean ended;

  /** The values that the writers read by name. */
  record Row(
      String tenant,
      String connection,
      String kind,
      String id,
      String hash,
      byte[] payload,
      String title,
      String status,
      String description,
      String comment,
      long number) {}

  private IdiomaticBatch(URI source, HikariDataSource pool, long number) {
    this.source = source;
    this.pool = pool;
    this.number = number;
  }

  public static IdiomaticBatch open(URI source, Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      Tables.create(connection, database);
      return new IdiomaticBatch(source, database.pool(), Tables.lastEvent(connection));
    }
  }

  @Override
  public void run() {
    ItemWriter<Row> position = this::savePosition;
    CompositeItemWriter<Row> writers =
        new CompositeItemWriter<Row>(
            List.of(
                writer(Tables.ARTIFACT, ":hash, :payload"),
                writer(Tables.DOCUMENT, ":title, :status"),
                writer(Tables.CHUNK, "'description', :description"),
                writer(Tables.CHUNK, "'comment', :comment"),
                writer(
                    "INSERT INTO event (tenant, connection, kind, id, number) VALUES (?)",
                    ":number"),
                position));
    new Batch()
        .run(
            repository ->
                new StepBuilder("copy", repository)
                    .<JsonNode, Row>chunk(100, new JdbcTransactionManager(pool))
                    .reader(this::read)
                    .processor(this::process)
                    .writer(writers)
                    .build());
  }

  private @Nullable JsonNode read() {
    if (ahead.isEmpty() && !ended) {
      JsonNode page = JSON.readTree(Ticket.get(client, Ticket.address(source, cursor)));
      page.get("data").forEach(ahead::add);
      cursor = page.get("next_cursor").isNull() ? null : page.get("next_cursor").stringValue();
      ended = cursor == null;
    }
    return ahead.poll();
  }

  private Row process(JsonNode ticket) {
    byte[] payload = JSON.writeValueAsBytes(ticket);
    return new Row(
        "acme",
        "main",
        "ticket",
        ticket.get("id").asString(),
        Hash.of(payload),
        payload,
        ticket.get("subject").stringValue(),
        ticket.get("status").stringValue(),
        ticket.get("description").stringValue(),
        ticket.get("comment").stringValue(),
        ++number);
  }

  /** The statement of the other contenders, with named parameters. */
  private ItemWriter<Row> writer(String positional, String values) {
    String sql =
        positional.replaceFirst(
            "VALUES \\([?, ]*\\)", "VALUES (:tenant, :connection, :kind, :id, " + values + ")");
    JdbcBatchItemWriter<Row> writer =
        new JdbcBatchItemWriterBuilder<Row>()
            .dataSource(pool)
            .sql(sql)
            .itemSqlParameterSourceProvider(SimplePropertySqlParameterSource::new)
            .assertUpdates(false)
            .build();
    writer.afterPropertiesSet();
    return writer;
  }

  private void savePosition(Chunk<? extends Row> rows) {
    new JdbcTemplate(pool)
        .update(Tables.POSITION, "acme", "main", "ticket", cursor == null ? "" : cursor);
  }

  @Override
  public void close() {
    pool.close();
    client.connectionPool().evictAll();
  }
}
