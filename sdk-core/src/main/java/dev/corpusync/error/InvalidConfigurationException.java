package dev.corpusync.error;

/** A setting is missing or wrong. The message names the field and never the value. */
public final class InvalidConfigurationException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String field;

  public InvalidConfigurationException(String field, String problem) {
    super("setting '" + field + "' " + problem);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
