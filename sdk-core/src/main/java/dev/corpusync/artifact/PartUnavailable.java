package dev.corpusync.artifact;

/**
 * A question asked for a part that is not known. An Error, so that {@code catch (Exception e)}
 * cannot turn it into an empty list; the engine makes the access unknown.
 */
public final class PartUnavailable extends Error {
  private static final long serialVersionUID = 1L;

  PartUnavailable(Part part) {
    super("part '" + part.name() + "' is unknown", null, false, false);
  }
}
