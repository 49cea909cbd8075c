package dev.corpusync.examples.drive;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the delta of a whole drive, of which one stream takes the folders, and one the rest: a
 * record that says neither must not get lost between them. Where a delta of changes names a folder,
 * what lies below it is listed as well, since its permissions may be others now and no delta says
 * so.
 */
record DriveDelta(Takes takes) implements Extractor<DriveDelta.Place> {
  /** What of a drive. */
  enum Takes {
    FOLDERS,
    FILES
  }

  private static final String NEXT = "@odata.nextLink";
  private static final String DELTA = "@odata.deltaLink";

  /**
   * @param link of the delta: the next page, or once that has ended where the next pass starts
   * @param ended whether the delta has
   * @param folders to be listed first: their ids, or the links of their next pages
   */
  record Place(String link, boolean ended, List<String> folders) implements SyncCursor {
    Place {
      folders = List.copyOf(folders);
    }
  }

  @Override
  public Class<Place> cursor() {
    return Place.class;
  }

  @Override
  public Page<Place> fetch(FetchRequest<Place> ask) {
    Optional<Place> at = ask.position();
    return at.isPresent() && !at.get().folders().isEmpty()
        ? folder(ask, at.get())
        : delta(ask, at.or(ask::deltaToken).map(Place::link));
  }

  private Page<Place> delta(FetchRequest<Place> ask, Optional<String> link) {
    Call call = link.map(Call::follow).orElseGet(() -> Call.get("/drive/root/delta"));
    Reply reply = ask.api().send(headed(call).expiredOn(410));
    List<Payload> records = reply.records("value");
    Page.Builder page =
        Page.of(records.stream().filter(r -> !isGone(r) && isTaken(r)).toList())
            .tombstones(records.stream().filter(DriveDelta::isGone).toList());
    boolean changes = ask.deltaToken().isPresent();
    List<String> folders = changes && takes == Takes.FILES ? folders(records) : List.of();
    Optional<String> next = reply.json().findText(NEXT);
    Place place =
        new Place(
            next.or(() -> reply.json().findText(DELTA)).orElseThrow(() -> endless(reply)),
            next.isEmpty(),
            folders);
    return going(changes ? page.partsToo() : page, place);
  }

  /** One page of what lies directly in a folder; the folders among them are to be listed, too. */
  private Page<Place> folder(FetchRequest<Place> ask, Place at) {
    String first = at.folders().get(0);
    Call call =
        first.contains("/") ? Call.follow(first) : Call.get("/drive/items/{}/children", first);
    List<String> rest = new ArrayList<>(at.folders().subList(1, at.folders().size()));
    // A folder that is gone by now: the delta after this one says so.
    Optional<Reply> reply = ask.api().find(headed(call));
    List<Payload> records = reply.map(r -> r.records("value")).orElse(List.of());
    reply.flatMap(r -> r.json().findText(NEXT)).ifPresent(rest::add);
    rest.addAll(folders(records));
    return going(
        Page.of(records.stream().filter(this::isTaken).toList()).partsToo(),
        new Place(at.link(), at.ended(), rest));
  }

  private static Page<Place> going(Page.Builder page, Place place) {
    return place.ended() && place.folders().isEmpty()
        ? page.end(place, Proof.SAID)
        : page.next(place);
  }

  private static List<String> folders(List<Payload> records) {
    return records.stream()
        .filter(r -> !isGone(r) && is(r, "folder") && !is(r, "root"))
        // One without an id is a failure of the folders' stream, and none of this page.
        .flatMap(r -> r.json().find("id").stream())
        .filter(id -> id.tree().isString())
        .map(id -> id.text(""))
        .toList();
  }

  private boolean isTaken(Payload record) {
    return is(record, "folder") == (takes == Takes.FOLDERS);
  }

  private static boolean is(Payload record, String facet) {
    return record.json().has(facet);
  }

  private static boolean isGone(Payload record) {
    return is(record, "deleted");
  }

  /** A change of permissions counts as a change, and a file's change not as one of its folders. */
  private static Call headed(Call call) {
    return call.header("Prefer", "deltashowremovedasdeleted, deltashowsharingchanges")
        .header("deltaExcludeParent", "true");
  }

  private static MalformedReplyException endless(Reply reply) {
    return new MalformedReplyException(
        reply.call() + " answered with neither '" + NEXT + "' nor '" + DELTA + "': that is no end");
  }
}
