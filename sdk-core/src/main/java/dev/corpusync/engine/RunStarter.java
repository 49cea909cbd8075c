package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Ref;
import dev.corpusync.error.PlanNotFoundException;
import dev.corpusync.run.ConnectionRun;
import dev.corpusync.run.RunSlots;
import dev.corpusync.run.Runs;
import dev.corpusync.run.StreamPlan;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Run;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starts each kind of run that a host can ask for, with the connector and client that it needs. */
final class RunStarter {
  private static final Runs.Work SYNC = work -> work.sync(Mode.INCREMENTAL);
  private final Runs runs;
  private final ConnectionLifecycle lifecycle;
  private final Function<String, Connector> connectors;
  private final Credentials credentials;
  private final ApiOpener opener;
  private final Store store;

  RunStarter(
      Runs runs,
      ConnectionLifecycle lifecycle,
      Function<String, Connector> connectors,
      Credentials credentials,
      ApiOpener opener,
      Store store) {
    this.runs = runs;
    this.lifecycle = lifecycle;
    this.connectors = connectors;
    this.credentials = credentials;
    this.opener = opener;
    this.store = store;
  }

  Run sync(ConnectionKey key) {
    return run("sync", key, Run.Trigger.SYNC, SYNC, Optional.empty());
  }

  /** Syncs with a slot that was taken for it. */
  Run sync(ConnectionKey key, RunSlots.Slot slot) {
    return run("sync", key, Run.Trigger.SYNC, SYNC, Optional.of(slot));
  }

  Run resync(ConnectionKey key) {
    return run("resync", key, Run.Trigger.RESYNC, work -> work.sync(Mode.FULL));
  }

  Run refresh(ConnectionKey key, Collection<Ref> refs) {
    refs.forEach(ref -> Identifier.id("a " + ref.kind(), ref.id()));
    return run("refresh", key, Run.Trigger.REFRESH, whole(work -> work.refresh(refs)));
  }

  Run retry(ConnectionKey key, FailedItem item) {
    return run("retry", key, Run.Trigger.RETRY, whole(work -> work.retry(item)));
  }

  Run approve(ConnectionKey key, String plan) {
    return decide("approve", key, plan, ConnectionRun::approve);
  }

  Run dismiss(ConnectionKey key, String plan) {
    return decide("dismiss", key, plan, ConnectionRun::dismiss);
  }

  private Run decide(
      String attempted,
      ConnectionKey key,
      String plan,
      BiConsumer<ConnectionRun, HeldDeletion> decision) {
    runs.requireOpen(attempted);
    HeldDeletion held =
        store
            .journal()
            .held(key, plan)
            .orElseThrow(() -> new PlanNotFoundException(key.toString(), plan));
    return run(attempted, key, Run.Trigger.DECISION, whole(work -> decision.accept(work, held)));
  }

  /** Work that fails or succeeds as a whole, not scope by scope. */
  private static Runs.Work whole(Consumer<ConnectionRun> work) {
    return run -> {
      work.accept(run);
      return List.of();
    };
  }

  private Run run(String attempted, ConnectionKey key, Run.Trigger trigger, Runs.Work work) {
    return run(attempted, key, trigger, work, Optional.empty());
  }

  private Run run(
      String attempted,
      ConnectionKey key,
      Run.Trigger trigger,
      Runs.Work work,
      Optional<RunSlots.Slot> slot) {
    runs.requireOpen(attempted);
    Connection connection = lifecycle.existing(key);
    Connector connector = connectors.apply(connection.connector());
    CredentialSupplier secret =
        credentials.of(key, connector.descriptor().secretOrigin(connection.settings()));
    return runs.run(
        connection,
        trigger,
        StreamPlan.of(connector),
        id -> opener.openForRun(id, connection, connector, secret),
        run -> {
          run.verify(connector);
          return work.on(run);
        },
        slot);
  }
}
