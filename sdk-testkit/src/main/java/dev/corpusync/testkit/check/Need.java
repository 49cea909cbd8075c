package dev.corpusync.testkit.check;

import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.probe.FieldMapping;
import dev.corpusync.testkit.probe.FieldPaths;
import dev.corpusync.testkit.probe.RecordTimes;
import dev.corpusync.testkit.probe.StreamProbe;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.world.Trait;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a check needs of a connector or of its API. Read from their types, so that nobody can leave
 * a check out by declaring less: what the wire format serves and the connector never asks for fails
 * {@code FIX-07}.
 */
public enum Need {
  /** Records of the real API. */
  RECORDING("no recording of the real API was given", s -> s.recording().isPresent()),
  /** The account that the secret belongs to. */
  ACCOUNT(
      "the API does not say which account the secret belongs to",
      s -> s.wire().surface().tellsAccount()),
  /** A stream that asks for changes by time. */
  CHANGES_BY_TIME(
      "no stream asks for changes by time", s -> stream(s, t -> changes(t, Source.Changes.SINCE))),
  /** A stream that learns of changes otherwise than by listing everything again. */
  CHANGES(
      "every sync lists everything again",
      s -> stream(s, t -> !changes(t, Source.Changes.RELISTED))),
  /** A listing that can be narrowed by time. */
  TIME_FILTERS("no listing can be narrowed by time", s -> s.wire().surface().asksByTime()),
  /** A search that refuses long windows. */
  WINDOWS(
      "no search is limited to windows of time",
      s -> s.wire().surface().longestWindow().isPresent()),
  /** Records that say when they were changed. */
  TIMED_RECORDS("no record of a document says when it was changed", RecordTimes::areIn),
  /** A stream that continues from a delta token of the source. */
  DELTA_TOKENS(
      "no stream continues from a delta token",
      s -> stream(s, t -> changes(t, Source.Changes.TOKEN))),
  /** Deletions that the source reports. */
  REPORTED_DELETIONS(
      "the source does not report deletions", s -> s.wire().surface().tellsDeletions()),
  /** Deletions that only a full pass can show. */
  UNREPORTED_DELETIONS(
      "the source reports deletions to every stream",
      s -> stream(s, t -> !changes(t, Source.Changes.TOKEN))),
  /** Things in containers. */
  CONTAINERS("no stream is nested", s -> stream(s, Nested.class::isInstance)),
  /** Containers that the API lists; of configured ones nobody knows whether they are deleted. */
  LISTED_CONTAINERS(
      "no containers are listed",
      s -> stream(s, Nested.class::isInstance) && s.wire().surface().listsContainers()),
  /** Parts with requests of their own. */
  PARTS(
      "no stream has parts", s -> stream(s, t -> t instanceof HasParts p && !p.parts().isEmpty())),
  /** Things that can be fetched by id. */
  BY_IDS("no stream is fetched by ids", s -> stream(s, Need::isFetchedByIds)),
  /** Records of documents with requests of their own. */
  OWN_REQUESTS("no record has requests of its own", s -> !OneRecordRequests.kinds(s).isEmpty()),
  /** Things that others only mention. */
  REFERENCES("no stream is one of references", s -> stream(s, ReferenceStream.class::isInstance)),
  /** Records that say for themselves whether they are visible. */
  HIDEABLE_RECORDS(
      "documents do not say for themselves whether they are visible",
      s ->
          s.documentStreams().stream()
              .anyMatch(
                  d ->
                      s.wire().types().stream()
                          .anyMatch(
                              t -> t.kind().equals(d.kind().name()) && t.has(Trait.HIDEABLE)))),
  /** Something that is not for everyone who has a token. */
  PRIVATE_THINGS(
      "the API has nothing private",
      s -> s.wire().types().stream().anyMatch(t -> t.has(Trait.HIDEABLE))),
  /** Containers that say for themselves whether they are visible. */
  HIDEABLE_CONTAINERS(
      "no container says for itself whether it is visible",
      s ->
          s.wire().types().stream()
              .anyMatch(
                  t ->
                      t.has(Trait.HIDEABLE)
                          && s.wire().types().stream()
                              .anyMatch(n -> n.parent().equals(Optional.of(t.kind()))))),
  /** People as references. */
  PEOPLE(
      "no stream of references reads the people of the wire format",
      s ->
          stream(s, ReferenceStream.class::isInstance)
              && !s.wire().surface().peoplePaths().isEmpty()),
  /** Things fetched by several ids at once. */
  BATCHES("nothing is fetched by several ids at once", s -> s.wire().surface().hasBatches()),
  /** Some things are for their readers only. */
  READERS(
      "the API does not say who may read a record",
      s -> s.wire().types().stream().anyMatch(t -> t.has(Trait.RESTRICTED))),
  /** Readers with requests of their own. */
  READERS_APART(
      "who may read a record is part of the record", s -> s.wire().surface().listsReaders()),
  /** Declared fields. */
  FIELDS(
      "no stream declares a field of its documents",
      s -> s.documentStreams().stream().anyMatch(d -> !d.fields().isEmpty())),
  /** A number or a flag that documents have from their records. */
  MAPPED_FIELDS(
      "no number or flag of a record becomes a field", s -> !FieldMapping.fields(s).isEmpty()),
  /** A number that is an id or becomes a field. */
  NUMBERS("no number of a record is an id or becomes a field", FieldMapping::hasNumbers),
  /** Ids that are texts. */
  TEXT_IDS(
      "no kind has ids that are texts",
      s ->
          StreamProbe.all(s).stream()
              .anyMatch(
                  a ->
                      FieldPaths.ids(a.record(a.first()), a.first()).stream()
                          .anyMatch(at -> a.record(a.first()).at(at).isString()))),
  /** Things in containers, whose ids may be used in another container too. */
  NESTED_IDS(
      "every kind in containers has ids of its own everywhere, or shows none",
      s -> !NestedIds.of(s).isEmpty()),
  /** A place in the record that holds the whole text. */
  PLAIN_TEXT(
      "no place in a record holds the text and nothing else",
      s ->
          StreamProbe.all(s).stream()
              .anyMatch(
                  a ->
                      !FieldPaths.where(
                              a.record(a.first()), v -> v.asString("").equals(a.first().text()))
                          .isEmpty())),
  /** A listing in pages. */
  PAGES("the API has no listing in pages", s -> !s.wire().surface().pages().isEmpty()),
  /** A listing whose pages are asked for one by one. */
  POSITIONS("every listing comes whole, in one answer", s -> s.wire().surface().hasSeveralPages()),
  /** Positions that are cursors. */
  CURSORS(
      "no listing continues by a cursor",
      s -> s.wire().surface().pages().stream().anyMatch(p -> !p.drifts())),
  /** A page without records that is not the end. */
  EMPTY_PAGES(
      "an empty page is the end in this family of paging",
      s -> s.wire().surface().pages().stream().anyMatch(Pages::hasEmptyPages)),
  /** A listing that says how many records there are. */
  TOTALS(
      "no listing has a total",
      s -> s.wire().surface().pages().stream().anyMatch(Pages::tellsTotal)),
  /** A search that returns only so many results. */
  CAPPED_RESULTS(
      "no search returns only so many results",
      s -> s.wire().surface().pages().stream().anyMatch(Pages::isCapped)),
  /** Addresses in answers, for the next request. */
  ADDRESSES(
      "no answer holds the address of the next request", s -> s.wire().surface().givesAddresses()),
  /** Addresses of the next page. */
  LINKS(
      "no listing continues by a link",
      s -> s.wire().surface().pages().stream().anyMatch(Pages::givesLinks));

  private final String lack;
  private final Predicate<Subject> met;

  Need(String lack, Predicate<Subject> met) {
    this.lack = lack;
    this.met = met;
  }

  /** Why the subject has no such thing; empty when it has. */
  public Optional<String> lackedBy(Subject subject) {
    return met.test(subject) ? Optional.empty() : Optional.of(lack);
  }

  static boolean isFetchedByIds(Stream stream) {
    return stream instanceof FetchedByIds || stream.source().byIds().isPresent();
  }

  private static boolean stream(Subject subject, Predicate<Stream> is) {
    return subject.streams().stream().anyMatch(is);
  }

  private static boolean changes(Stream stream, Source.Changes how) {
    return stream.source().changes() == how;
  }
}
