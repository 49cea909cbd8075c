package dev.corpusync.artifact;

import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Hash;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
  private final @Nullable Container container;

  /**
   * What a container knows besides its record: the container above, read when it is asked for, and
   * who is told what is read of it.
   */
  private record Container(
      Ref ref,
      Dependency record,
      Supplier<Optional<Item>> above,
      @Nullable Consumer<Dependency> reads) {}

  private Item(
      Json json,
      @Nullable Item parent,
      Parts parts,
      Settings settings,
      boolean lenient,
      @Nullable Container container) {
    super(json.node());
    this.parent = parent;
    this.parts = parts;
    this.settings = settings;
    this.lenient = lenient;
    this.container = container;
  }

  /** Makes an item without parts. */
  public static Item of(Json json, Optional<Item> parent, Settings settings) {
    return of(json, parent, settings, Parts.none());
  }

  /** Makes an item with its parts. */
  public static Item of(Json json, Optional<Item> parent, Settings settings, Parts parts) {
    return new Item(json, parent.orElse(null), parts, settings, false, null);
  }

  /**
   * Makes the container of items; used by the engine.
   *
   * @param above its own container, read at the first use; empty where there is none
   */
  public static Item container(
      Ref ref, Json json, Parts parts, Settings settings, Supplier<Optional<Item>> above) {
    return new Item(
        json,
        null,
        parts,
        settings,
        false,
        new Container(ref, Dependency.record(ref), above, null));
  }

  /**
   * Returns this container, reporting what is read of it and of the containers above: its record,
   * each of its parts. Used by the engine to learn what an answer depends on.
   */
  public Item watched(Consumer<Dependency> reads, Settings watched) {
    if (container == null) {
      return this;
    }
    Supplier<Optional<Item>> above =
        () -> container.above().get().map(item -> item.watched(reads, watched));
    return new Item(
        this,
        null,
        parts,
        watched,
        lenient,
        new Container(container.ref(), container.record(), above, reads));
  }

  /** The same record with its parts. */
  public Item with(Parts known) {
    return new Item(this, parent, known, settings, lenient, container);
  }

  /**
   * Returns this record for a transformer: an unknown part is empty, one that was kept from an
   * earlier reading is used, and the engine marks the document as incomplete. So with containers.
   */
  public Item lenient() {
    return new Item(this, parent, parts, settings, true, container);
  }

  /**
   * The container that this record was listed under.
   *
   * @throws ConnectorDefectException when the stream is not nested
   */
  public Item parent() {
    return findParent()
        .orElseThrow(
            () ->
                new ConnectorDefectException(
                    "a stream asks for the parent of an item but is not Nested: implement Nested or"
                        + " do not ask"));
  }

  /** The container that this record was listed under; empty when the stream is not nested. */
  public Optional<Item> findParent() {
    Item found = parent != null ? parent : above();
    return Optional.ofNullable(found).map(item -> lenient ? item.lenient() : item);
  }

  /** A hash over the record and its parts, read or not. */
  public String fingerprint() {
    return Hash.of(node() + new String(parts.encoded(), StandardCharsets.UTF_8));
  }

  private @Nullable Item above() {
    if (container == null) {
      return null;
    }
    // Which container is above is part of the record.
    read();
    return container.above().get().orElse(null);
  }

  /**
   * Returns the records of a declared part, in the API's order.
   *
   * @throws PartUnavailable when the part is unknown, or kept from before the record changed; for a
   *     transformer there is no error
   */
  public List<Json> part(Part part) {
    if (container != null && container.reads() != null) {
      container.reads().accept(Dependency.part(container.ref(), part.name()));
    }
    if (lenient) {
      return parts.find(part).orElse(List.of());
    }
    return parts.findCurrent(part).orElseThrow(() -> new PartUnavailable(part, container != null));
  }

  /** Returns the value of a setting. */
  public <T> T setting(Setting<T> setting) {
    return settings.get(setting);
  }

  @Override
  JsonNode read() {
    if (container != null && container.reads() != null) {
      container.reads().accept(container.record());
    }
    return super.read();
  }
}
