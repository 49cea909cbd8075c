package dev.corpusync.connector;

import dev.corpusync.extract.OptionListing;
import java.util.List;

/** A connector with settings whose choices are fetched from the API. */
public interface HasOptions {
  /** One for each such setting. */
  List<OptionListing> options();
}
