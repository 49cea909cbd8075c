package dev.corpusync.error;

/**
 * The container of an item is not stored, so the item cannot be fetched: run {@code sync} first.
 *
 * @since 0.1
 */
public final class ContainerNotStoredException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String kind;

  /**
   * @param kind of the item, not of its container
   */
  public ContainerNotStoredException(String kind) {
    super("a " + kind + " cannot be fetched: its container is not stored. Run sync first");
    this.kind = kind;
  }

  /** Returns the kind of the item that was asked for. */
  public String kind() {
    return kind;
  }
}
