package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectionException;
import dev.corpusync.error.DataSourceException;
import dev.corpusync.error.HostFault;
import dev.corpusync.error.PlanNotFoundException;
import dev.corpusync.error.SubscriberException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Errors are named by what to do next, and those of the host by their type and place alone. */
class HostFaultTest {
  private final Bench bench = new Bench();
  private Corpusync engine;

  @BeforeEach
  void open() {
    bench.ticket("t1", "text");
    engine = bench.engine(new Tickets());
    engine.sync(KEY);
  }

  @AfterEach
  void close() {
    engine.close();
    bench.close();
  }

  @Test
  void a_subscriber_that_throws_is_named_without_what_it_says_and_gets_the_change_again() {
    SubscriberException failed =
        catchThrowableOfType(
            SubscriberException.class,
            () ->
                engine
                    .changes(KEY.tenant(), "index")
                    .deliver(
                        change -> {
                          throw new IllegalStateException(
                              "s3cret content", new RuntimeException("more s3cret"));
                        }));
    assertThat(failed).isInstanceOf(HostFault.class);
    assertThat(failed.subscriber()).isEqualTo("index");
    assertThat(failed.getMessage())
        .contains("'index'", "IllegalStateException", HostFaultTest.class.getName());
    assertThat(failed.getCause()).hasToString("java.lang.IllegalStateException");
    assertThat(failed.getCause().getStackTrace()[0].getClassName())
        .startsWith(HostFaultTest.class.getName());
    assertThat(failed.getCause().getCause()).hasToString("java.lang.RuntimeException");
    assertThat(failed).hasStackTraceContaining("HostFaultTest");
    java.io.StringWriter trace = new java.io.StringWriter();
    failed.printStackTrace(new java.io.PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("s3cret");
    assertThat(engine.changes(KEY.tenant(), "index").poll()).hasSize(1);
  }

  @Test
  void a_plan_that_is_not_held_is_named_with_its_connection() {
    assertThatThrownBy(() -> engine.approve(KEY, "p1"))
        .isInstanceOf(ConnectionException.class)
        .isInstanceOfSatisfying(
            PlanNotFoundException.class,
            e -> {
              assertThat(e.plan()).isEqualTo("p1");
              assertThat(e.connection()).isEqualTo(KEY.toString());
            });
  }

  @Test
  void what_cannot_be_fetched_by_id_fails_its_run_with_what_to_do() {
    Run run = engine.refresh(KEY, List.of(TICKET.ref("t1")));
    assertThat(run.trigger()).isEqualTo(Run.Trigger.REFRESH);
    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    assertThat(run.message()).contains("ticket cannot be fetched by id", "resync");
    FailedItem failed = FailedItem.identified(Scope.of(TICKET), "t1", "x", Instant.EPOCH);
    assertThat(engine.retry(KEY, failed).trigger()).isEqualTo(Run.Trigger.RETRY);
  }

  @Test
  void a_pool_that_gives_no_connection_is_named_as_the_hosts(@TempDir Path folder) {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("corpus.db"));
    List<Exception> refusal = new ArrayList<>();
    DataSource pool =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  if (!refusal.isEmpty()) {
                    throw refusal.get(0);
                  }
                  return method.invoke(database, arguments);
                });
    try (Store store = RelationalStore.open(pool)) {
      for (Exception refused :
          List.of(
              new SQLTransientConnectionException("no connection within 30 s, s3cret"),
              new IllegalStateException("the pool is closed, s3cret"))) {
        refusal.add(0, refused);
        assertThatThrownBy(() -> store.connections().find(KEY))
            .isInstanceOf(DataSourceException.class)
            .isInstanceOf(HostFault.class)
            .hasMessageContaining("data source gave no connection")
            .hasMessageNotContaining("s3cret");
      }
      refusal.clear();
      assertThat(store.connections().find(KEY)).isEmpty();
    }
  }
}
