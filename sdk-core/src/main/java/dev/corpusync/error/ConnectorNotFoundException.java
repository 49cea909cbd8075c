package dev.corpusync.error;

/**
 * No connector has this id: register it with the builder, or correct the id.
 *
 * @since 0.1
 */
public final class ConnectorNotFoundException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String connector;

  /**
   * @param why no connector of this id was found
   */
  public ConnectorNotFoundException(String connector, String why) {
    super("connector '" + connector + "' " + why);
    this.connector = connector;
  }

  /** Returns the id that was asked for. */
  public String connector() {
    return connector;
  }
}
