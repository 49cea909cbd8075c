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
 * Reads the delta of a whole drive. One stream takes the folders, another one the files. A record
 * that is neither fails in one of them, so none is lost. When a delta names a changed folder, its
 * content is listed as well: permissions below it may have changed, and no delta says so.
 */
record DriveDelta(Takes takes) implements Extractor<DriveDelta.Cursor> {
  /** The records that a stream takes. */
  enum Takes {
    FOLDERS,
    FILES
  }

  private static final String NEXT = "@odata.nextLink";
  private static final String DELTA = "@odata.deltaLink";

  /**
   * The cursor: the delta and the folders that are still to be listed.
   *
   * @param link the next page of the delta, or its delta link once it has ended
   * @param ended whether the delta has ended
   * @param folders folders that are listed first: their ids, or the links of their next pages
   */
  record Cursor(String link, boolean ended, List<String> folders) implements SyncCursor {
    Cursor {
      folders = List.copyOf(folders);
    }
  }

  @Override
  public Class<Cursor> cursor() {
    return Cursor.class;
  }

  @Override
  public Page<Cursor> fetch(FetchRequest<Cursor> request) {
    Optional<Cursor> at = request.position();
    return at.isPresent() && !at.get().folders().isEmpty()
        ? folder(request, at.get())
        : delta(request, at.or(request::deltaToken).map(Cursor::link));
  }

  private Page<Cursor> delta(FetchRequest<Cursor> request, Optional<String> link) {
    Call call = link.map(Call::follow).orElseGet(() -> Call.get("/drive/root/delta"));
    Reply reply = request.api().send(headed(call).expiredOn(410));
    List<Payload> records = reply.records("value");
    Page.Builder page =
        Page.of(records.stream().filter(r -> !isGone(r) && isTaken(r)).toList())
            .tombstones(records.stream().filter(DriveDelta::isGone).toList());
    boolean changes = request.deltaToken().isPresent();
    List<String> folders = changes && takes == Takes.FILES ? folders(records) : List.of();
    Optional<String> next = reply.json().findText(NEXT);
    Cursor cursor =
        new Cursor(
            next.or(() -> reply.json().findText(DELTA)).orElseThrow(() -> endless(reply)),
            next.isEmpty(),
            folders);
    return continued(changes ? page.partsToo() : page, cursor);
  }

  /** Reads one page of the direct content of a folder. Folders in it are listed later. */
  private Page<Cursor> folder(FetchRequest<Cursor> request, Cursor at) {
    String first = at.folders().get(0);
    Call call =
        first.contains("/") ? Call.follow(first) : Call.get("/drive/items/{}/children", first);
    List<String> rest = new ArrayList<>(at.folders().subList(1, at.folders().size()));
    // The folder was deleted meanwhile: the next delta has its tombstone.
    Optional<Reply> reply = request.api().find(headed(call));
    List<Payload> records = reply.map(r -> r.records("value")).orElse(List.of());
    reply.flatMap(r -> r.json().findText(NEXT)).ifPresent(rest::add);
    rest.addAll(folders(records));
    return continued(
        Page.of(records.stream().filter(this::isTaken).toList()).partsToo(),
        new Cursor(at.link(), at.ended(), rest));
  }

  private static Page<Cursor> continued(Page.Builder page, Cursor cursor) {
    return cursor.ended() && cursor.folders().isEmpty()
        ? page.end(cursor, Proof.SAID)
        : page.next(cursor);
  }

  private static List<String> folders(List<Payload> records) {
    return records.stream()
        .filter(r -> !isGone(r) && is(r, "folder") && !is(r, "root"))
        // A folder without an id is a failed item of the folders' stream, not of this page.
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

  /** A changed permission counts as a change; a changed file does not change its folders. */
  private static Call headed(Call call) {
    return call.header("Prefer", "deltashowremovedasdeleted, deltashowsharingchanges")
        .header("deltaExcludeParent", "true");
  }

  private static MalformedReplyException endless(Reply reply) {
    return new MalformedReplyException(
        reply.call() + " answered with neither '" + NEXT + "' nor '" + DELTA + "': that is no end");
  }
}
