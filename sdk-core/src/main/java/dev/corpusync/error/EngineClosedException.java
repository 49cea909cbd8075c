package dev.corpusync.error;

/**
 * The engine is closed: build another one. Nothing was done.
 *
 * @since 0.1
 */
public final class EngineClosedException extends CorpusyncException {
  private static final long serialVersionUID = 1L;

  /**
   * @param attempted the call that needs the engine
   */
  public EngineClosedException(String attempted) {
    super(attempted + " needs an engine that is open, and this one is closed: build another one");
  }
}
