package dev.corpusync.connector;

import dev.corpusync.extract.PartListing;
import java.util.List;

/**
 * A stream whose records have parts: sub-resources with requests of their own, such as comments.
 *
 * @since 0.1
 */
public interface HasParts {
  /** Returns how each part is listed. */
  List<PartListing> parts();
}
