package dev.corpusync.run;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.InvalidIdentifierException;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method of a connector for one item, and turns any exception into a reason without content
 * (P10, P11).
 */
public final class AuthorCalls {
  private AuthorCalls() {}

  /** One item failed, with the reason; never content. */
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
   * Returns what the method answers.
   *
   * @param question the method's name, for the reason
   * @throws ItemFailed when it throws or answers null
   * @throws RemoteException as it was thrown, like each failure that is not the item's: the page
   *     fails
   */
  public static <T> T ask(String question, Supplier<@Nullable T> answer) throws ItemFailed {
    try {
      T value = answer.get();
      if (value == null) {
        throw new ItemFailed(question + " answered null");
      }
      return value;
    } catch (RemoteException | StoreException | SyncCancelledException e) {
      // A failed request or read is never the fault of one item: the page fails.
      throw e;
    } catch (MalformedRecordException | ConnectorDefectException | InvalidIdentifierException e) {
      throw new ItemFailed(question + ": " + e.getMessage());
    } catch (RuntimeException e) {
      // The author's own exception may quote the record: only its type and place are kept.
      throw new ItemFailed(question + ": " + ExceptionSummary.of(e));
    }
  }
}
