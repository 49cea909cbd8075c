package dev.corpusync.extract;

import dev.corpusync.artifact.Item;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.ConnectorDefectException;
import java.util.Optional;

/**
 * Where a listing is asked for: the settings, the container that it is listed under, the record
 * whose part it is.
 */
public final class At {
  private final Settings settings;
  private final Optional<Item> parent;
  private final Optional<Item> item;

  private At(Settings settings, Optional<Item> parent, Optional<Item> item) {
    this.settings = settings;
    this.parent = parent;
    this.item = item;
  }

  public static At of(Settings settings, Optional<Item> parent) {
    return new At(settings, parent, Optional.empty());
  }

  /** The same place, for a part of one record. */
  public At of(Item owner) {
    return new At(settings, parent, Optional.of(owner));
  }

  public <T> T setting(Setting<T> setting) {
    return settings.get(setting);
  }

  /** The container; only in a nested stream. */
  public Item parent() {
    return parent.orElseThrow(
        () ->
            new ConnectorDefectException(
                "a listing asks for its parent but its stream is not Nested: implement Nested or do not ask"));
  }

  /** The record whose part is listed; only for parts. */
  public Item item() {
    return item.orElseThrow(
        () ->
            new ConnectorDefectException(
                "a listing asks for its item but is not the listing of a part"));
  }

  public Settings settings() {
    return settings;
  }

  public Optional<Item> findParent() {
    return parent;
  }
}
