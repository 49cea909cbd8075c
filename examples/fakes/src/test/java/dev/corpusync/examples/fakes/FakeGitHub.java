package dev.corpusync.examples.fakes;

import dev.corpusync.examples.fakes.GitHubSite.Comment;
import dev.corpusync.examples.fakes.GitHubSite.Issue;
import dev.corpusync.examples.fakes.GitHubSite.Repository;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.world.Hidden;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fake GitHub with four repositories: a public one with nearly all issues, a private one that may
 * be indexed, a private one that may not, and a public one that is hidden when the world hides a
 * record, since an issue is as visible as its repository.
 */
final class FakeGitHub {
  private static final String KETTLE = "acme/kettle";
  private static final String VAULT = "acme/vault";
  private static final String DRAFTS = "acme/drafts";
  private static final String ANNEX = "acme/annex";

  /** Issues that are not in the large repository. */
  private static final int ELSEWHERE = 4;

  private static final List<String> WORDS =
      List.of("printer", "login", "invoice", "report", "search", "export");
  private final GitHubSite site = new GitHubSite(Instant.parse("2026-02-01T08:00:00Z"));
  private final Set<String> canaries = new TreeSet<>();
  private final Random random;
  private final int pageSize;
  private int edits;

  public FakeGitHub(long seed, int records) {
    random = new Random(seed);
    pageSize = Math.max(1, Math.min(100, records / 4));
    fill(site.found(990_101, KETTLE), Math.max(1, records - ELSEWHERE));
    fill(site.found(990_102, VAULT), 2);
    fill(site.found(990_103, DRAFTS), 1);
    fill(site.found(990_104, ANNEX), 1);
    site.at(VAULT).hidden = Optional.of(Hidden.PRIVATE);
    site.at(VAULT).collaborators.addAll(List.of("ada", "cleo"));
    hide(site.at(DRAFTS), Hidden.PRIVATE);
    canaries.add(Long.toString(site.at(DRAFTS).id));
    discuss();
    // The records that are read first changed some time ago.
    site.pass(Duration.ofHours(1));
  }

  /** Every third issue has comments, and one has more than fit on a page. */
  private void discuss() {
    Repository kettle = site.at(KETTLE);
    for (Issue issue : List.copyOf(kettle.issues.values())) {
      List<Comment> remarks = new ArrayList<>();
      if (issue.number() % 3 == 0) {
        remarks.add(site.comment("eve", "I see it in the " + word() + " too."));
      }
      while (issue.number() == 3 && remarks.size() <= pageSize) {
        remarks.add(site.comment("fay", "Here it is the " + word() + "."));
      }
      kettle.put(issue.discussed(remarks, issue.updated()));
    }
  }

  public FakeApi api() {
    return new GitHubApi(site, pageSize);
  }

  public Map<String, String> settings(URI server) {
    return Map.of(
        "base_url",
        server.toString(),
        "repositories",
        String.join(",", ANNEX, DRAFTS, KETTLE, VAULT),
        "private_repositories",
        VAULT);
  }

  private void hide(Repository at, Hidden how) {
    at.hidden = Optional.of(how);
    at.description = canary();
    for (Issue issue : List.copyOf(at.issues.values())) {
      tick();
      at.put(issue.written(canary(), Optional.of(canary()), site.stamp()));
    }
  }

  private String canary() {
    String word = "canary-" + canaries.size() + "-of-github";
    canaries.add(word);
    return word;
  }

  private void fill(Repository at, int issues) {
    for (int i = 0; i < issues; i++) {
      write(at);
    }
  }

  private void write(Repository at) {
    tick();
    int number = at.issues.isEmpty() ? 1 : at.issues.lastKey() + 1;
    at.put(
        new Issue(
            number,
            "About the " + word() + ", no. " + number + " of " + at.name,
            number % 7 == 2
                ? Optional.empty()
                : Optional.of("The " + word() + " is broken.\n\nIt was fine, ünïcode ✓."),
            List.of("ada", "cleo", "dan").get(number % 3),
            List.of(List.<String>of(), List.of("bug"), List.of("bug", "wontfix")).get(number % 3),
            number % 4 == 1,
            number % 5 == 0,
            site.stamp(),
            site.stamp(),
            List.of()));
  }

  private void tick() {
    // Less than a second, so that several changes share one.
    site.pass(Duration.ofMillis(400));
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
