package dev.corpusync.testkit.reference;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.extract.At;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Windows;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.time.Instant;

/**
 * A correct connector of another family: a search by time of change that answers for thirty days at
 * most and returns forty results, with a key in the query.
 */
public class WindowReference extends ReferenceConnector {
  public static final Duration LONGEST = Duration.ofDays(30);
  public static final Setting<Instant> FROM = Setting.instant("history_from", "History from");
  private static final int CAP = 40;

  public static final Wire WIRE =
      Wire.apiKeyInQuery("key")
          .list(
              "/search",
              TicketWire.TICKETS,
              Pages.cursor("cursor", "next").in("results").capped(CAP, "total"),
              Changes.window("from", "to").atMost(LONGEST))
          .setting("history_from", world -> World.START.toString());

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("windows", "Tickets by windows", "https://api.tickets.example")
        .auth(AuthScheme.apiKeyInQuery("key"))
        .settings(FROM)
        .build();
  }

  @Override
  public Source source() {
    return Source.windows(uncapped(WindowReference::search, LONGEST).cappedAt(CAP, "total"));
  }

  public static Windows uncapped(Windows.Search search, Duration longest) {
    return Windows.of(
        search, "results", Paging.cursor("cursor", "next"), longest, FROM, Duration.ofSeconds(10));
  }

  public static Call search(At at, Instant from, Instant to) {
    return Call.get("/search").query("from", from).query("to", to);
  }
}
