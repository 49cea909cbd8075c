package dev.corpusync.artifact;

import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.ConnectorDefectException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record as the questions of a stream see it: its JSON, the container that it was listed under,
 * its parts, the settings.
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

  public static Item of(Json json, Optional<Item> parent, Settings settings) {
    return new Item(json, parent.orElse(null), Parts.none(), settings, false);
  }

  /** The same record with its parts. */
  public Item with(Parts known) {
    return new Item(this, parent, known, settings, lenient);
  }

  /**
   * For a transformer: a part that could not be read yet is left out, and the document is marked as
   * incomplete by the engine.
   */
  public Item lenient() {
    return new Item(this, parent, parts, settings, true);
  }

  /** The container that this was listed under; only in a nested stream. */
  public Item parent() {
    if (parent == null) {
      throw new ConnectorDefectException(
          "a stream asks for the parent of an item but is not Nested: implement Nested or do not ask");
    }
    return parent;
  }

  /**
   * The records of a declared part, in the API's order.
   *
   * @throws PartUnavailable when the part is unknown, but for a transformer, which sees it empty
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

  public <T> T setting(Setting<T> setting) {
    return settings.get(setting);
  }
}
