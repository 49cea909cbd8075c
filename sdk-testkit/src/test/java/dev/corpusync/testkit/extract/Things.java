package dev.corpusync.testkit.extract;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.transform.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A connector for any source of the records that {@link #records} writes. */
class Things implements SingleStream, PlainStream {
  static final Setting<Instant> FROM =
      Setting.instant("from", "From").withDefault("2026-01-01T00:00:00Z");
  static final Setting<List<String>> NAMES = Setting.list("names", "Names").withDefault("");
  private final Source source;

  Things(Source source) {
    this.source = source;
  }

  /** The same, where absences can be confirmed. */
  static final class ById extends Things implements FetchedByIds {
    ById(Source source) {
      super(source);
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/things/{}", id));
    }
  }

  static String records(List<String> ids) {
    return ids.stream().map(Things::record).collect(Collectors.joining(",", "[", "]"));
  }

  static String record(String id) {
    return "{\"id\":\"" + id + "\",\"title\":\"Thing " + id + "\"}";
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("things", "Things", "http://localhost")
        .auth(AuthScheme.bearer())
        .settings(FROM, NAMES)
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("thing");
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Document transform(Item item, Lookups lookups) {
    return Document.titled(item.text("title")).build();
  }
}
