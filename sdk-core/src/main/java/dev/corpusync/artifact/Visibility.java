package dev.corpusync.artifact;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a record may be stored at all (P6). A record is visible only when a field has a value of
 * an allow-list; a missing, null, unknown or wrongly typed value hides it. There is no factory from
 * a boolean on purpose. The evidence names fields, never values. Immutable.
 *
 * @since 0.1
 */
public final class Visibility {
  private final boolean visible;
  private final String evidence;

  private Visibility(boolean visible, String evidence) {
    this.visible = visible;
    this.evidence = evidence;
  }

  /**
   * Visible when the field has one of the values. A value is a String, a Boolean or a whole number,
   * and matches its own JSON type only. Case matters.
   */
  public static Visibility allow(Json record, String path, Object... values) {
    return allow(record, path, List.of(values));
  }

  /** The same with values from the configuration. */
  public static Visibility allow(Json record, String path, Collection<?> values) {
    boolean allowed =
        record
            .find(path)
            .map(Json::tree)
            .filter(found -> values.stream().anyMatch(v -> matches(found, v)))
            .isPresent();
    return new Visibility(allowed, path + (allowed ? " is allowed" : " is missing or not allowed"));
  }

  /**
   * Visible without a check, because the source has no private records of this kind in the listing.
   * The reason is shown to an administrator.
   */
  public static Visibility declared(String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException(
          "declared visibility needs a reason that an administrator can judge");
    }
    return new Visibility(true, "declared: " + why);
  }

  /** Hidden, for a reason without any of the record's content. */
  public static Visibility hidden(String why) {
    return new Visibility(false, why);
  }

  /** Visible when both are visible. */
  public Visibility and(Visibility other) {
    return new Visibility(visible && other.visible, evidence + " and " + other.evidence);
  }

  /** Visible when one of the two is visible. */
  public Visibility or(Visibility other) {
    return new Visibility(
        visible || other.visible,
        visible ? evidence : other.visible ? other.evidence : evidence + " and " + other.evidence);
  }

  /** Whether the record may be stored. */
  public boolean isVisible() {
    return visible;
  }

  /** Why, with names of fields, without values. */
  public String evidence() {
    return evidence;
  }

  private static boolean matches(JsonNode found, Object allowed) {
    return Optional.of(allowed)
        .map(
            v -> {
              if (v instanceof Boolean b) {
                return found.isBoolean() && found.booleanValue() == b;
              }
              if (v instanceof Number n) {
                return found.isIntegralNumber()
                    && found.canConvertToLong()
                    && found.longValue() == n.longValue();
              }
              return found.isString() && found.stringValue().equals(v);
            })
        .orElse(false);
  }

  @Override
  public String toString() {
    return (visible ? "visible: " : "hidden: ") + evidence;
  }
}
