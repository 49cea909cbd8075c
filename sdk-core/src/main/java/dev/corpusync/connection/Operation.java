package dev.corpusync.connection;

import dev.corpusync.annotation.Experimental;
import dev.corpusync.document.Kind;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import java.util.List;
import java.util.Map;

/**
 * A live operation that a connector offers, with its parameters. Live operations are declared here
 * and not executed yet.
 *
 * @param name unique within the connector
 * @param title for a person, or for a model that may choose it
 * @param parameters declared as settings are, but none of them secret
 * @since 0.1
 */
@Experimental
public record Operation(String name, Effect effect, String title, List<Setting<?>> parameters) {
  /** What an operation changes at the source, which decides who may call it and how often. */
  public enum Effect {
    /** Reads only. */
    QUERY,
    /** Changes something; idempotent. */
    WRITE,
    /** Does something that cannot be undone: sends, triggers. */
    ACTION
  }

  public Operation {
    parameters = List.copyOf(parameters);
    String whose = "the operation '" + name + "'";
    try {
      Kind.of(name);
    } catch (IllegalArgumentException e) {
      throw new ConnectorDefectException(
          whose + " needs a name of lower case letters, digits, - and _", e);
    }
    SettingsValidator.check(whose, parameters);
    if (title.isBlank() || parameters.stream().anyMatch(Setting::isSecret)) {
      throw new ConnectorDefectException(whose + " must have a title, and no secret parameter");
    }
  }

  public static Operation query(String name, String title, Setting<?>... parameters) {
    return new Operation(name, Effect.QUERY, title, List.of(parameters));
  }

  public static Operation write(String name, String title, Setting<?>... parameters) {
    return new Operation(name, Effect.WRITE, title, List.of(parameters));
  }

  public static Operation action(String name, String title, Setting<?>... parameters) {
    return new Operation(name, Effect.ACTION, title, List.of(parameters));
  }

  /**
   * Validates the arguments of a call, before the connector gets them.
   *
   * @throws InvalidConfigurationException naming the first parameter that is unknown, missing or
   *     wrong
   */
  public Settings arguments(Map<String, String> given) {
    return Settings.of(parameters, given);
  }
}
