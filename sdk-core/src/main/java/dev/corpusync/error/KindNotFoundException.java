package dev.corpusync.error;

/**
 * The connector has no stream of this kind: correct the kind.
 *
 * @since 0.1
 */
public final class KindNotFoundException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String connector;
  private final String kind;

  public KindNotFoundException(String connector, String kind) {
    super("connector '" + connector + "' has no stream of the kind '" + kind + "'");
    this.connector = connector;
    this.kind = kind;
  }

  public String connector() {
    return connector;
  }

  /** Returns the kind that was asked for. */
  public String kind() {
    return kind;
  }
}
