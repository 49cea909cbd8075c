package dev.corpusync.artifact;

import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.ConnectorDefectException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record, as a connector reads it: its JSON, its container, its parts, the connection's
 * settings. Immutable.
 *
 * @since 0.1
 */
public final class Item extends Json {
  private final @Nullable Item parent;
  private final Parts parts;
  private final Settings settings;
  private final boolean lenient;

  private Item(Json json, @Nullable Item parent, Parts parts, Settings settings, boolean lenient) {
    super(json.tree());
    this.parent = parent;
    this.parts = parts;
    this.settings = settings;
    this.lenient = lenient;
  }

  /** Makes an item without parts. */
  public static Item of(Json json, Optional<Item> parent, Settings settings) {
    return new Item(json, parent.orElse(null), Parts.none(), settings, false);
  }

  /** The same record with its parts. */
  public Item with(Parts known) {
    return new Item(this, parent, known, settings, lenient);
  }

  /**
   * Returns this record for a transformer: an unknown part is empty, and the engine marks the
   * document as incomplete.
   */
  public Item lenient() {
    return new Item(this, parent, parts, settings, true);
  }

  /**
   * The container that this record was listed under.
   *
   * @throws ConnectorDefectException when the stream is not nested
   */
  public Item parent() {
    if (parent == null) {
      throw new ConnectorDefectException(
          "a stream asks for the parent of an item but is not Nested: implement Nested or do not ask");
    }
    return parent;
  }

  /**
   * Returns the records of a declared part, in the API's order.
   *
   * @throws PartUnavailable when the part is unknown; for a transformer it is empty instead
   */
  public List<Json> part(Part part) {
    return parts
        .find(part)
        .orElseGet(
            () -> {
              if (lenient) {
                return List.of();
              }
              throw new PartUnavailable(part);
            });
  }

  /** Returns the value of a setting. */
  public <T> T setting(Setting<T> setting) {
    return settings.get(setting);
  }
}
