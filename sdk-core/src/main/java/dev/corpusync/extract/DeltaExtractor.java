package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Follows delta links. */
record DeltaExtractor(Delta delta) implements Extractor<DeltaExtractor.Link> {
  /**
   * @param url as the API gave it
   */
  record Link(String url) implements SyncCursor {}

  @Override
  public Class<Link> cursor() {
    return Link.class;
  }

  @Override
  public Page<Link> fetch(Ask<Link> ask) {
    Call start = delta.start().apply(ask.at());
    Call call =
        ask.position()
            .or(ask::mark)
            .map(link -> Call.follow(link.url()).headersOf(start))
            .orElse(start);
    Reply reply = ask.api().send(call.expiredOn(delta.expired().toArray(Integer[]::new)));
    Map<Boolean, List<Payload>> records =
        reply.records(delta.records()).stream()
            .collect(Collectors.partitioningBy(r -> delta.deleted().test(r.json())));
    Page.Builder page =
        Page.of(records.getOrDefault(false, List.of()))
            .tombstones(records.getOrDefault(true, List.of()));
    if (ask.mark().isPresent()) {
      page.partsToo();
    }
    Optional<String> next = Declared.read(reply, json -> json.findText(delta.nextLink()));
    Optional<String> mark = Declared.read(reply, json -> json.findText(delta.deltaLink()));
    if (next.isPresent()) {
      return page.next(new Link(next.get()));
    }
    return page.end(
        new Link(
            mark.orElseThrow(
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
