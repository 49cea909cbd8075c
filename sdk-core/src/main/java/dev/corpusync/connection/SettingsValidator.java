package dev.corpusync.connection;

import dev.corpusync.connection.Setting.Type;
import dev.corpusync.error.ConnectorDefectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Validates the settings of a form together: duplicates and conditions, which no setting can check
 * alone.
 */
final class SettingsValidator {
  private static final Set<Type> COMPARED =
      Set.of(Type.TEXT, Type.CHECKBOX, Type.NUMBER, Type.SELECT, Type.URL, Type.EMAIL);
  private final String owner;
  private final Map<String, Setting<?>> before = new LinkedHashMap<>();

  private SettingsValidator(String owner) {
    this.owner = owner;
  }

  /**
   * @param owner whose fields they are, for messages
   */
  static void check(String owner, List<Setting<?>> fields) {
    SettingsValidator form = new SettingsValidator(owner);
    fields.forEach(form::add);
  }

  private void add(Setting<?> field) {
    require(!before.containsKey(field.name()), field, "twice");
    boolean chosen = field.type() == Type.SELECT || field.type() == Type.MULTI_SELECT;
    require(
        !chosen || field.isFetched() || !field.options().isEmpty(),
        field,
        "without options: name some, or have them fetched()");
    field.shownIf().ifPresent(condition -> check(field, condition));
    before.put(field.name(), field);
  }

  // Only what stands before it: so there is no circle, and the form reads from top to bottom.
  private void check(Setting<?> field, Condition condition) {
    Setting<?> other = before.get(condition.setting());
    if (other == null) {
      throw defect(
          field,
          "to be shown only if '"
              + condition.setting()
              + "' has a value, but no such setting before it");
    }
    String shown = "to be shown by '" + other.name() + "', ";
    if (condition.values().isEmpty()) {
      require(other.type() != Type.CHECKBOX, field, shown + "which always has a value: say which");
    } else {
      require(COMPARED.contains(other.type()), field, shown + "whose values cannot be compared");
    }
    for (String value : condition.values()) {
      require(
          other.takes(value) && other.kept(value).equals(value),
          field,
          shown + "with a value that it never has");
    }
  }

  private void require(boolean fits, Setting<?> field, String problem) {
    if (!fits) {
      throw defect(field, problem);
    }
  }

  private ConnectorDefectException defect(Setting<?> field, String problem) {
    return new ConnectorDefectException(
        owner + " declares the setting '" + field.name() + "' " + problem);
  }
}
