package dev.corpusync.error;

/**
 * The host's data source gave no database connection: the pool is exhausted or closed, or the
 * database cannot be reached. Look at the pool, then try again.
 *
 * @since 0.1
 */
public final class DataSourceException extends StoreException implements HostFault {
  private static final long serialVersionUID = 1L;

  public DataSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
