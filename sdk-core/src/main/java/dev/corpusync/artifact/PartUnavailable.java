package dev.corpusync.artifact;

/**
 * Thrown by {@link Item#part} when a part is unknown. It is an Error, so that {@code catch
 * (Exception e)} cannot turn it into an empty list. The engine catches it and makes the access
 * unknown.
 *
 * @since 0.1
 */
public final class PartUnavailable extends Error {
  private static final long serialVersionUID = 1L;

  private final boolean ofContainer;

  PartUnavailable(Part part, boolean ofContainer) {
    super(
        "part '" + part.name() + "'" + (ofContainer ? " of the container" : "") + " is unknown",
        null,
        false,
        false);
    this.ofContainer = ofContainer;
  }

  /** Whether it is a part of a container of the record, and not of the record. */
  public boolean isOfContainer() {
    return ofContainer;
  }
}
