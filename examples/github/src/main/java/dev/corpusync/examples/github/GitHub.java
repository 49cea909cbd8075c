package dev.corpusync.examples.github;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Stability;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.HasOptions;
import dev.corpusync.connector.Identified;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.OptionListing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Issues and pull requests of configured repositories, with their comments, from GitHub's REST API.
 * Needs a token of a person: without one, {@code /user} names no account.
 */
public final class GitHub implements Connector, HasOptions, Identified {
  private static final String NAME = "[\\w.\\-]+\\/[\\w.\\-]+";
  static final Setting<List<String>> REPOSITORIES =
      Setting.multiSelect("repositories", "Repositories")
          .fetched()
          .pattern(NAME, "owner/name")
          .example("octocat/hello-world");
  static final Setting<List<String>> PRIVATE_REPOSITORIES =
      Setting.list("private_repositories", "Private repositories that may be indexed")
          .withDefault("")
          .pattern(NAME, "owner/name")
          .example("octocat/secret-plans")
          .help("Their collaborators alone will find what is in them.");
  static final Kind REPOSITORY = Kind.of("repository");
  static final Kind ISSUE = Kind.of("issue");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("github", "GitHub", "https://api.github.com")
        .auth(AuthScheme.bearer())
        .categories("code", "tickets")
        .stability(Stability.BETA)
        .docs("Make a token that may read issues", "https://github.com/settings/tokens")
        .scheduled(Duration.ofMinutes(15))
        .syncFilters(REPOSITORIES)
        .indexFilters(PRIVATE_REPOSITORIES)
        .build();
  }

  @Override
  public List<OptionListing> options() {
    Listing mine = Listing.of(at -> get("/user/repos").query("per_page", 100), "", Paging.link());
    return List.of(
        OptionListing.of(
            REPOSITORIES, mine, repository -> Option.of(repository.text("full_name"))));
  }

  /**
   * Requested before anything is read: without a valid token GitHub returns public data with 200.
   */
  @Override
  public Account whoAmI(Api api) {
    Reply reply = api.send(get("/user"));
    Account me = Account.of(reply.json().id("id"), reply.json().text("login"));
    // Only responses to classic tokens name scopes.
    return reply
        .header("X-OAuth-Scopes")
        .filter(scopes -> !scopes.isBlank())
        .map(scopes -> me.granted(Set.of(scopes.strip().split(",\\s*"))))
        .orElse(me);
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Repositories(), new Issues());
  }

  static Call get(String path, Object... segments) {
    return Call.get(path, segments)
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", "2022-11-28");
  }
}
