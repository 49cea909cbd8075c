package dev.corpusync.connector;

import dev.corpusync.extract.OptionListing;
import java.util.List;

/**
 * A connector with settings whose options are fetched from the API.
 *
 * @since 0.1
 */
public interface HasOptions {
  /** Returns one listing for each such setting. */
  List<OptionListing> options();
}
