package dev.corpusync.run;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls several listeners in the order of their registration. An exception of one is logged by its
 * type and place, and the others are still called. An {@link Error} is thrown on, once all were
 * called.
 */
public final class Listeners implements RunListener {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);
  private final List<RunListener> all;

  public Listeners(List<RunListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void runStarted(Run run) {
    call("runStarted", listener -> listener.runStarted(run));
  }

  @Override
  public void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
    call("pageCommitted", listener -> listener.pageCommitted(key, scope, soFar));
  }

  @Override
  public void noticed(ConnectionKey key, String what) {
    call("noticed", listener -> listener.noticed(key, what));
  }

  @Override
  public void runEnded(Run run) {
    call("runEnded", listener -> listener.runEnded(run));
  }

  private void call(String event, Consumer<RunListener> with) {
    Optional<Error> first = Optional.empty();
    for (RunListener listener : all) {
      try {
        with.accept(listener);
      } catch (Error e) {
        first = first.or(() -> Optional.of(e));
      } catch (Exception e) {
        // also a checked one, which a listener in another language can throw
        log.warn(
            "the host's run listener failed listener={} event={} error={}",
            listener.getClass().getName(),
            event,
            ExceptionSummary.of(e));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
