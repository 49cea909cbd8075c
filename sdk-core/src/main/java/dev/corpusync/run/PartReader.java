package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Parts;
import dev.corpusync.document.Ref;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.extract.Listing.Whole;
import dev.corpusync.extract.PartListing;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the declared sub-resources of a record: each whole, or kept as it was (P5). Faults that
 * pass with time fail the page instead.
 */
final class PartReader {
  private final ScopeContext scope;
  private long requests;

  PartReader(ScopeContext scope) {
    this.scope = scope;
  }

  /**
   * @param missing names of parts of which nothing is known
   * @param kept names of parts that could not be read and stay as they were
   */
  record Result(Parts parts, Set<String> missing, Set<String> kept, List<EntityTag> entityTags) {}

  /**
   * @throws ItemFailed when the owner lacks what the declaration of a part reads from it (P10)
   */
  Result read(PageOutcome.Visible owner, Optional<Artifact> stored) throws ItemFailed {
    Parts parts = Parts.none();
    Set<String> missing = new TreeSet<>();
    Set<String> kept = new TreeSet<>();
    List<EntityTag> entityTags = new ArrayList<>();
    for (PartListing listing : scope.plan().parts()) {
      Part part = listing.part();
      Optional<Whole> whole = whole(listing, owner);
      if (whole.isPresent() && whole.get() instanceof Whole.Records records) {
        parts = parts.with(part, records.records());
        records
            .tag()
            .ifPresent(tag -> entityTags.add(new EntityTag(tag.call(), tag.etag(), owner.ref())));
        continue;
      }
      if (whole.isEmpty()) {
        kept.add(part.name());
      }
      Optional<Parts> before =
          stored.map(Artifact::parts).filter(p -> p.payloads(part).isPresent());
      if (before.isPresent()) {
        parts = parts.with(part, before.get().payloads(part).orElseThrow());
      } else {
        missing.add(part.name());
      }
    }
    return new Result(parts, missing, kept, entityTags);
  }

  /** Empty when it cannot be read, for a reason that trying again will not mend. */
  private Optional<Whole> whole(PartListing listing, PageOutcome.Visible owner) throws ItemFailed {
    WatchedApi api = scope.run().watch();
    try {
      Whole whole =
          AuthorCalls.ask(
              "part '" + listing.part().name() + "'",
              () -> listing.listing().readAll(api, scope.at().of(owner.item())));
      api.rethrow();
      return Optional.of(whole);
    } catch (AccessDeniedException | NotFoundException | MalformedReplyException e) {
      Ref ref = owner.ref();
      scope
          .run()
          .notice(
              "part '"
                  + listing.part().name()
                  + "' of a "
                  + ref.kind()
                  + " is unknown: "
                  + e.getMessage());
      return Optional.empty();
    } finally {
      requests += api.requests();
    }
  }

  long requests() {
    return requests;
  }
}
