package dev.corpusync.testkit.auth;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.transform.Lookups;
import java.util.List;

/** A correct connector for {@link TwoListingsApi}. */
final class TwoListings implements Connector {
  private final AuthScheme scheme;

  TwoListings(AuthScheme scheme) {
    this.scheme = scheme;
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("things", "Things", "https://api.things.example").auth(scheme).build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Listed("note"), new Listed("thing"));
  }

  private record Listed(String name) implements PlainStream {
    @Override
    public Kind kind() {
      return Kind.of(name);
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/{}s", name), "data", Paging.cursor("cursor", "next")))
          .relisted();
    }

    @Override
    public Document transform(Item item, Lookups lookups) {
      return Document.titled(item.text("text")).build();
    }
  }
}
