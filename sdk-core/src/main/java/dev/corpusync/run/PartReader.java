package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Parts;
import dev.corpusync.document.Ref;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Listing.Whole;
import dev.corpusync.extract.OutageDetector;
import dev.corpusync.extract.PartListing;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.run.Comparison.Candidate;
import dev.corpusync.run.Comparison.Difference;
import dev.corpusync.run.JudgedRecord.Visible;
import dev.corpusync.store.EntityTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the declared parts (sub-resources) of the records of one page: each whole, or kept as it
 * was (P5). A part that gets no usable answer fails its record alone, unless so many in a row fail
 * that it is the server's fault (P10).
 */
final class PartReader {
  private final ScopeContext scope;
  private final OutageDetector detector;
  private long requests;

  PartReader(ScopeContext scope, OutageDetector detector) {
    this.scope = scope;
    this.detector = detector;
  }

  /**
   * A record that is new or changed, with its parts.
   *
   * @param missing names of parts of which nothing is known
   */
  record Complete(
      Candidate candidate, Parts parts, Set<String> missing, List<EntityTag> entityTags) {}

  /**
   * The parts of one page.
   *
   * @param changed without the records that turned out to be as stored, parts included
   * @param failed reasons by id, of records that lack what a part's declaration reads of them (P10)
   */
  record Result(List<Complete> changed, Map<String, String> failed, long requests) {}

  Result read(List<Candidate> candidates) {
    Map<Ref, Artifact> stored = stored(candidates);
    List<Complete> changed = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Ref ref = candidate.record().ref();
      Parts before = Optional.ofNullable(stored.get(ref)).map(Artifact::parts).orElse(Parts.none());
      try {
        Complete complete = complete(candidate, before);
        if (candidate.difference() == Difference.RECORD || !same(before, complete.parts())) {
          changed.add(complete);
        }
      } catch (ItemFailed e) {
        failed.put(ref.id(), e.reason());
      } catch (RequestRefusedException | UnavailableException | CursorExpiredException e) {
        failed.put(ref.id(), "a part: " + e.getMessage());
        detector.failed(e);
        throwOutage();
      }
    }
    return new Result(changed, failed, requests);
  }

  private void throwOutage() {
    if (detector.outage().isPresent()) {
      throw detector.outage().get();
    }
  }

  /** What is stored of the candidates, read once; nothing where no parts are declared. */
  private Map<Ref, Artifact> stored(List<Candidate> candidates) {
    if (scope.plan().parts().isEmpty()) {
      return Map.of();
    }
    List<Ref> refs =
        candidates.stream()
            .filter(candidate -> candidate.before().isPresent())
            .map(candidate -> candidate.record().ref())
            .toList();
    return refs.isEmpty()
        ? Map.of()
        : scope.run().store().corpus().artifacts(scope.run().key(), refs);
  }

  private static boolean same(Parts stored, Parts read) {
    return Arrays.equals(stored.encoded(), read.encoded());
  }

  private Complete complete(Candidate candidate, Parts stored) throws ItemFailed {
    Visible owner = candidate.record();
    Parts parts = Parts.none();
    Set<String> missing = new TreeSet<>();
    List<EntityTag> entityTags = new ArrayList<>();
    for (PartListing listing : scope.plan().parts()) {
      Part part = listing.part();
      Optional<Whole> whole = whole(listing, owner);
      if (whole.isPresent() && whole.get() instanceof Whole.Records records) {
        parts = parts.with(part, records.records());
        records
            .tag()
            .ifPresent(tag -> entityTags.add(new EntityTag(tag.call(), tag.etag(), owner.ref())));
      } else if (stored.payloads(part).isPresent()) {
        parts = parts.with(part, stored.payloads(part).get());
      } else {
        missing.add(part.name());
      }
    }
    return new Complete(candidate, parts, missing, entityTags);
  }

  /** Empty when it cannot be read for a reason that a retry does not change. */
  private Optional<Whole> whole(PartListing listing, Visible owner) throws ItemFailed {
    WatchedApi api = scope.run().watch();
    try {
      Whole whole =
          AuthorCalls.ask(
              "part '" + listing.part().name() + "'",
              () -> listing.listing().readAll(api, scope.at().of(owner.item())));
      api.rethrow();
      detector.answered();
      return Optional.of(whole);
    } catch (AccessDeniedException | NotFoundException | MalformedReplyException e) {
      scope
          .run()
          .notice(
              "part '"
                  + listing.part().name()
                  + "' of a "
                  + owner.ref().kind()
                  + " is unknown: "
                  + e.getMessage());
      return Optional.empty();
    } finally {
      requests += api.requests();
    }
  }
}
