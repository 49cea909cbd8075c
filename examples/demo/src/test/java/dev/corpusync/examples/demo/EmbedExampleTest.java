package dev.corpusync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class EmbedExampleTest {
  @Test
  void the_readme_snippet_runs_and_runs_again(@TempDir Path folder) {
    AcmeGitHub acme = new AcmeGitHub();
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("host.db"));
    try (FakeServer server = FakeServer.serving(acme.api())) {
      for (int time = 1; time <= 2; time++) {
        List<SearchIndex.Hit> hits =
            EmbedExample.ask(
                source,
                folder.resolve("index.db"),
                acme.settings(server.url()),
                () -> Secret.of("t0ken"));
        assertThat(hits).isNotEmpty().allMatch(hit -> hit.url().startsWith("https://"));
      }
      assertThat(server.exchanges()).allMatch(Exchange::authorized);
      assertThat(server.unmatched()).isEmpty();
    }
  }
}
