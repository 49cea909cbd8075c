package dev.corpusync.connector;

import dev.corpusync.extract.PartListing;
import java.util.List;

/** A stream whose records have sub-resources with requests of their own: comments, permissions. */
public interface HasParts {
  List<PartListing> parts();
}
