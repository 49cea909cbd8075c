package dev.corpusync.extract;

import dev.corpusync.artifact.Item;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.ConnectorDefectException;
import java.util.Optional;

/**
 * The context of a call: the connection's settings, the container that is listed, the record whose
 * part is listed. Immutable.
 *
 * @since 0.1
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

  /** The context of a stream's listing, with its container where it is nested. */
  public static At of(Settings settings, Optional<Item> parent) {
    return new At(settings, parent, Optional.empty());
  }

  /** The same context, for a part of one record. */
  public At of(Item owner) {
    return new At(settings, parent, Optional.of(owner));
  }

  /** Returns the value of a setting. */
  public <T> T setting(Setting<T> setting) {
    return settings.get(setting);
  }

  /**
   * The container that is listed.
   *
   * @throws ConnectorDefectException when the stream is not nested
   */
  public Item parent() {
    return parent.orElseThrow(
        () ->
            new ConnectorDefectException(
                "a listing asks for its parent but its stream is not Nested: implement Nested or do not ask"));
  }

  /**
   * The record whose part is listed.
   *
   * @throws ConnectorDefectException when no part is listed
   */
  public Item item() {
    return item.orElseThrow(
        () ->
            new ConnectorDefectException(
                "a listing asks for its item but is not the listing of a part"));
  }

  public Settings settings() {
    return settings;
  }

  /** The container that is listed; empty when the stream is not nested. */
  public Optional<Item> findParent() {
    return parent;
  }
}
