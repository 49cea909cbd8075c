package dev.corpusync.error;

/** A setting is missing or wrong. The message names the field and never the value. */
public final class InvalidConfigurationException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String field;
  private final String problem;

  public InvalidConfigurationException(String field, String problem) {
    super("setting '" + field + "' " + problem);
    this.field = field;
    this.problem = problem;
  }

  public String field() {
    return field;
  }

  /** What follows the name of the field, for a form that shows the field's label. */
  public String problem() {
    return problem;
  }
}
