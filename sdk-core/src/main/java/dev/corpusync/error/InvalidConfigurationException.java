package dev.corpusync.error;

/**
 * A setting is missing or wrong. The message names the setting and never its value.
 *
 * @since 0.1
 */
public final class InvalidConfigurationException extends CorpusyncException {
  private static final long serialVersionUID = 1L;
  private final String field;
  private final String problem;

  public InvalidConfigurationException(String field, String problem) {
    super("setting '" + field + "' " + problem);
    this.field = field;
    this.problem = problem;
  }

  /** Returns the name of the setting. */
  public String field() {
    return field;
  }

  /** Returns the message without the name of the setting, for a form that shows its label. */
  public String problem() {
    return problem;
  }
}
