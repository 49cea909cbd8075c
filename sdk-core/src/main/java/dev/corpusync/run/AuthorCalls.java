package dev.corpusync.run;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks an author's question of one item, and makes of any exception a reason without content (P10,
 * P11).
 */
public final class AuthorCalls {
  private AuthorCalls() {}

  /** Says why one item fails; never content. */
  public static final class ItemFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ItemFailed(String reason) {
      super(reason, null, false, false);
    }

    public String reason() {
      return Objects.requireNonNull(getMessage());
    }
  }

  /**
   * @param question its name, for the reason
   */
  public static <T> T ask(String question, Supplier<@Nullable T> answer) throws ItemFailed {
    try {
      T value = answer.get();
      if (value == null) {
        throw new ItemFailed(question + " answered null");
      }
      return value;
    } catch (RemoteException | StoreException | SyncCancelledException e) {
      // A failed request or read is never one item's fault: the page fails.
      throw e;
    } catch (MalformedRecordException | ConnectorDefectException e) {
      throw new ItemFailed(question + ": " + e.getMessage());
    } catch (RuntimeException e) {
      // The author's own exception may quote the record: only its type and place are kept.
      StackTraceElement[] stack = e.getStackTrace();
      throw new ItemFailed(
          question
              + ": "
              + e.getClass().getSimpleName()
              + (stack.length > 0 ? " at " + stack[0] : ""));
    }
  }
}
