package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
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
import dev.corpusync.store.PartRead;
import dev.corpusync.sync.UnreadPart;
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
 * was (P5). What was denied is remembered, to be asked for again. A part that gets no usable answer
 * fails its record alone, unless so many in a row fail that it is the server's fault (P10).
 */
final class PartReader {
  private final ScopeContext scope;
  private final OutageDetector detector;
  private final List<UnreadPart> unread = new ArrayList<>();
  private final List<PartRead> read = new ArrayList<>();
  private long requests;

  PartReader(ScopeContext scope, OutageDetector detector) {
    this.scope = scope;
    this.detector = detector;
  }

  /**
   * A record that is new or changed, with its parts.
   *
   * @param before the stored parts
   * @param missing names of parts that could not be read as of this record
   */
  record Complete(
      Candidate candidate,
      Parts before,
      Parts parts,
      Set<String> missing,
      List<EntityTag> entityTags) {
    /** Whether something arrives that was not stored before: a record or records of a part. */
    boolean hasOtherContent() {
      return candidate.hasOtherBytes() || !parts.sameRecords(before);
    }
  }

  /**
   * The parts of one page.
   *
   * @param changed without the records that turned out to be as stored, parts included
   * @param failed reasons by id, of records that lack what a part's declaration reads of them (P10)
   * @param unread parts that could not be read
   * @param read parts that are unread no longer
   */
  record Result(
      List<Complete> changed,
      Map<String, String> failed,
      List<UnreadPart> unread,
      List<PartRead> read,
      long requests) {}

  Result read(List<Candidate> candidates) {
    Map<Ref, Artifact> stored = stored(candidates);
    List<Complete> changed = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Ref ref = candidate.record().ref();
      Parts before = Optional.ofNullable(stored.get(ref)).map(Artifact::parts).orElse(Parts.none());
      try {
        Complete complete = complete(candidate, before);
        boolean partsOnly =
            candidate.difference() == Difference.PARTS_ONLY
                || candidate.difference() == Difference.UNREAD_PARTS_ONLY;
        if (!partsOnly || !same(before, complete.parts())) {
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
    return new Result(changed, failed, List.copyOf(unread), List.copyOf(read), requests);
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
      if (isKept(candidate, stored, part)) {
        parts = parts.with(part, stored.payloads(part).orElseThrow());
        continue;
      }
      Optional<Whole> whole = whole(listing, candidate, stored);
      if (whole.isPresent() && whole.get() instanceof Whole.Records records) {
        parts = parts.with(part, records.records());
        noteRead(candidate, stored, part);
        records
            .tag()
            .ifPresent(tag -> entityTags.add(new EntityTag(tag.call(), tag.etag(), owner.ref())));
      } else if (whole.isPresent()) {
        // "Not modified" since what is stored was read.
        parts = parts.with(part, stored.payloads(part).orElseThrow());
        noteRead(candidate, stored, part);
      } else {
        Optional<List<Payload>> kept = stored.payloads(part);
        boolean outdated = candidate.hasOtherBytes() || !stored.isCurrent(part);
        if (kept.isPresent()) {
          parts = outdated ? parts.withOutdated(part, kept.get()) : parts.with(part, kept.get());
        }
        if (outdated) {
          missing.add(part.name());
        }
      }
    }
    return new Complete(candidate, stored, parts, missing, entityTags);
  }

  private boolean isKept(Candidate candidate, Parts stored, Part part) {
    return candidate.difference() == Difference.UNREAD_PARTS_ONLY
        && stored.isCurrent(part)
        && !scope.unread().contains(candidate.record().ref(), part.name());
  }

  private void noteRead(Candidate candidate, Parts stored, Part part) {
    Ref ref = candidate.record().ref();
    // What is new was never unread, so nothing needs to be looked up for it.
    if (candidate.before().isPresent()
        && candidate.difference() != Difference.OLDER
        && (!stored.isCurrent(part) || scope.unread().contains(ref, part.name()))) {
      scope.unread().read(ref, part.name());
      read.add(new PartRead(ref, part.name()));
    }
  }

  /** Empty when it cannot be read for a reason that a retry does not change. */
  private Optional<Whole> whole(PartListing listing, Candidate candidate, Parts stored)
      throws ItemFailed {
    Visible owner = candidate.record();
    String part = listing.part().name();
    WatchedApi api = scope.run().watch();
    try {
      Whole whole =
          AuthorCalls.ask(
              "part '" + part + "'",
              () -> listing.listing().readAll(api, scope.at(owner.payload())));
      api.rethrow();
      detector.answered();
      if (whole instanceof Whole.Unchanged && stored.payloads(listing.part()).isEmpty()) {
        noteUnread(candidate, part, "it is said to be unchanged, and nothing of it is stored");
        return Optional.empty();
      }
      return Optional.of(whole);
    } catch (AccessDeniedException | NotFoundException | MalformedReplyException e) {
      noteUnread(candidate, part, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (RequestRefusedException | UnavailableException | CursorExpiredException e) {
      if (candidate.difference() != Difference.UNREAD_PARTS_ONLY) {
        throw e;
      }
      // Only the part was asked for, and it continues to wait: the record is stored.
      noteUnread(candidate, part, String.valueOf(e.getMessage()));
      return Optional.empty();
    } finally {
      requests += api.requests();
    }
  }

  private void noteUnread(Candidate candidate, String part, String why) {
    Ref ref = candidate.record().ref();
    scope.run().notice("part '" + part + "' of a " + ref.kind() + " is unknown: " + why);
    if (candidate.difference() != Difference.OLDER) {
      unread.add(scope.unread().unread(ref, part, why));
    }
  }
}
