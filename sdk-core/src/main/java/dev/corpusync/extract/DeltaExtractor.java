package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a delta feed. */
record DeltaExtractor(Delta delta) implements Extractor<DeltaExtractor.Link> {
  /**
   * @param link or token, as the API gave it
   */
  record Link(String link) implements SyncCursor {}

  @Override
  public Class<Link> cursor() {
    return Link.class;
  }

  /** A record of which it cannot be read whether it is deleted fails alone, not its page. */
  private Page.Builder sorted(List<Payload> all) {
    List<Payload> records = new ArrayList<>();
    List<Payload> tombstones = new ArrayList<>();
    Map<Payload, String> malformed = new LinkedHashMap<>();
    for (Payload record : all) {
      try {
        (delta.isTombstone(record.json()) ? tombstones : records).add(record);
      } catch (RuntimeException e) {
        malformed.put(record, "whether it is deleted: " + RecordFault.reason(e));
      }
    }
    Page.Builder page = Page.of(records).tombstones(tombstones).inOrder(all);
    malformed.forEach(page::malformed);
    return page;
  }

  @Override
  public Page<Link> fetch(FetchRequest<Link> request) {
    Call call =
        delta.call(
            request.at(), request.position().map(Link::link), request.deltaToken().map(Link::link));
    Reply reply = request.api().send(call);
    Page.Builder page = sorted(reply.records(delta.records()));
    if (request.deltaToken().isPresent()) {
      page.partsToo();
    }
    Optional<String> next = Declared.read(reply, json -> json.findText(delta.next()));
    Optional<String> deltaToken = Declared.read(reply, json -> json.findText(delta.delta()));
    if (next.isPresent()) {
      return page.next(new Link(next.get()));
    }
    return page.end(
        new Link(
            deltaToken.orElseThrow(
                () ->
                    new MalformedReplyException(
                        reply.call()
                            + " answered with neither '"
                            + delta.next()
                            + "' nor '"
                            + delta.delta()
                            + "': that is not the end"))),
        Proof.SAID);
  }
}
