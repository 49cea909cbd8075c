package dev.corpusync.error;

/**
 * Items of this kind cannot be fetched by id: run {@code sync} or {@code resync}, which list them.
 *
 * @since 0.1
 */
public final class NotFetchableException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String kind;

  public NotFetchableException(String kind) {
    super(
        "a "
            + kind
            + " cannot be fetched by id: its stream is not FetchedByIds. Run sync or resync, which"
            + " list it");
    this.kind = kind;
  }

  /** Returns the kind that was asked for. */
  public String kind() {
    return kind;
  }
}
