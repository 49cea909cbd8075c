package dev.corpusync.examples.crm;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.At;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Deals of a sales pipeline with their notes. The API lists by offset, writes times without a zone
 * and labels as ids, and uses access tokens of one hour.
 */
public final class Crm implements Connector {
  static final Kind USER = Kind.of("user");
  static final Kind FIELD = Kind.of("deal_field");
  static final Kind DEAL = Kind.of("deal");
  static final Setting<String> COMPANY =
      Setting.text("company", "Company domain")
          .pattern("[a-z0-9][a-z0-9\\-]*", "the name before .crm.example")
          .example("acme");
  static final Setting<Boolean> GROUPS =
      Setting.checkbox("visibility_groups", "The plan has visibility groups")
          .withDefault("true")
          .help("Without them, what everyone in the owner's group may see is for all users.");

  /** OAuth as the API's authorization server implements it, at any host. */
  public static OAuth2 login(String authorizationEndpoint, String tokenEndpoint) {
    // Scopes belong to the registered app and are not requested; the client authenticates with
    // Basic.
    return OAuth2.authorizationCode(authorizationEndpoint, tokenEndpoint).build();
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("crm", "CRM", "https://api.crm.example/v1")
        .auth(
            login(
                "https://oauth.crm.example/oauth/authorize",
                "https://oauth.crm.example/oauth/token"))
        .categories("crm")
        .scheduled(Duration.ofMinutes(30))
        .settings(COMPANY)
        .indexFilters(GROUPS)
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Users(), new DealFields(), new Deals());
  }

  /** A listing with pages. */
  static Listing pages(Function<At, Call> first) {
    return Listing.of(
            at -> first.apply(at).query("limit", 100),
            "data",
            Paging.offsetWhile(
                "start",
                "additional_data/pagination/next_start",
                "additional_data/pagination/more_items_in_collection"))
        .errorsAt("error")
        .nullWhenEmpty();
  }

  /** A listing without pages. */
  static Listing whole(Function<At, Call> first) {
    return Listing.of(first, "data", Paging.single()).errorsAt("error").nullWhenEmpty();
  }
}
