package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedRecordException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows delta links, or hands tokens back. */
record DeltaExtractor(Delta delta) implements Extractor<DeltaExtractor.Link> {
  /**
   * @param link or token, as the API gave it
   */
  record Link(String link) implements SyncCursor {}

  @Override
  public Class<Link> cursor() {
    return Link.class;
  }

  /** One whose state cannot be read costs the page nothing else. */
  private Page.Builder sorted(List<Payload> all) {
    List<Payload> records = new ArrayList<>();
    List<Payload> tombstones = new ArrayList<>();
    Map<Payload, String> malformed = new LinkedHashMap<>();
    for (Payload record : all) {
      try {
        (delta.deleted().test(record.json()) ? tombstones : records).add(record);
      } catch (MalformedRecordException e) {
        malformed.put(record, "whether it is deleted: " + e.getMessage());
      }
    }
    Page.Builder page = Page.of(records).tombstones(tombstones);
    malformed.forEach(page::malformed);
    return page;
  }

  @Override
  public Page<Link> fetch(FetchRequest<Link> ask) {
    Call call =
        delta.call(ask.at(), ask.position().map(Link::link), ask.deltaToken().map(Link::link));
    Reply reply = ask.api().send(call.expiredOn(delta.expired().toArray(Integer[]::new)));
    Page.Builder page = sorted(reply.records(delta.records()));
    if (ask.deltaToken().isPresent()) {
      page.partsToo();
    }
    Optional<String> next = Declared.read(reply, json -> json.findText(delta.nextLink()));
    Optional<String> deltaToken = Declared.read(reply, json -> json.findText(delta.deltaLink()));
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
                            + delta.nextLink()
                            + "' nor '"
                            + delta.deltaLink()
                            + "': that is not the end"))),
        Proof.SAID);
  }
}
