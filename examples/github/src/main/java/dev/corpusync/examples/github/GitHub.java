package dev.corpusync.examples.github;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import java.util.List;

/**
 * Issues and pull requests of configured repositories, with their comments, as GitHub's REST API
 * gives them.
 */
public final class GitHub implements Connector {
  static final Setting<List<String>> REPOSITORIES =
      Setting.list("repositories", "Repositories, as owner/name");
  static final Setting<List<String>> PRIVATE_REPOSITORIES =
      Setting.list(
              "private_repositories", "Private repositories that may be indexed, as owner/name")
          .withDefault("");
  static final Kind REPOSITORY = Kind.of("repository");
  static final Kind ISSUE = Kind.of("issue");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("github", "GitHub", "https://api.github.com")
        .auth(AuthScheme.bearer())
        .settings(REPOSITORIES, PRIVATE_REPOSITORIES)
        .build();
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
