package dev.corpusync.examples.demo;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.examples.fakes.GitHubApi;
import dev.corpusync.examples.fakes.GitHubSite;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * A fake GitHub with the issues of one company: two public repositories and a private one. The
 * content comes from a seed; the clock moves only with changes. Not safe for several threads.
 */
final class AcmeGitHub implements DemoSource {
  static final String KETTLE = "acme/kettle";
  static final String VAULT = "acme/vault";
  static final String DRAFTS = "acme/drafts";

  /** The default of the real API. */
  private static final int PAGE = 30;

  private final GitHubSite site = new GitHubSite(Instant.parse("2026-03-02T09:00:00Z"));
  private final AcmeTexts writing = new AcmeTexts(606);

  AcmeGitHub() {
    fill(site.found(101, KETTLE), 300);
    fill(site.found(102, VAULT), 80);
    fill(site.found(103, DRAFTS), 20);
    site.at(VAULT).hidden = Optional.of(Hidden.PRIVATE);
    site.at(VAULT).collaborators.addAll(List.of("ada", "cleo"));
  }

  @Override
  public FakeApi api() {
    return new GitHubApi(site, PAGE);
  }

  /** Constant: a repository that becomes private later is not among the allowed private ones. */
  @Override
  public Map<String, String> settings(URI server) {
    return Map.of(
        "base_url",
        server.toString(),
        "repositories",
        String.join(",", KETTLE, VAULT, DRAFTS),
        "private_repositories",
        VAULT);
  }

  @Override
  public Set<Ref> visible() {
    Set<Ref> visible = new TreeSet<>();
    for (Repository repository : site.all()) {
      if (repository.hidden.isEmpty() || repository.name.equals(VAULT)) {
        repository.issues.keySet().forEach(number -> visible.add(ref(repository.name, number)));
      }
    }
    return visible;
  }

  @Override
  public int repositories() {
    return site.all().size();
  }

  @Override
  public String describe() {
    return "Acme's repositories kettle and drafts (public) and vault (private)";
  }

  @Override
  public String query() {
    return "login gateway";
  }

  Ref ref(String repository, int number) {
    return Kind.of("issue").ref(site.at(repository).id + "/" + number);
  }

  int add(String repository, String title) {
    pass();
    Repository at = site.at(repository);
    int number = at.issues.lastKey() + 1;
    at.put(Issue.opened(number, title, writing.body(title), "dan", site.stamp()));
    return number;
  }

  /** Inserts a paragraph at the front; the others stay as they are. */
  void prepend(String repository, int number, String paragraph) {
    pass();
    Issue issue = site.at(repository).issue(number);
    Optional<String> text = issue.body().map(body -> paragraph + "\n\n" + body);
    site.at(repository).put(issue.written(issue.title(), text, site.stamp()));
  }

  void comment(String repository, int number, String text) {
    pass();
    Issue issue = site.at(repository).issue(number);
    site.at(repository).put(issue.discussed(List.of(site.comment("eve", text)), site.stamp()));
  }

  /** Leaves no tombstone in any listing, like the real API. */
  void delete(String repository, int number) {
    pass();
    site.at(repository).issues.remove(number);
  }

  void makePrivate(String repository) {
    pass();
    site.at(repository).hidden = Optional.of(Hidden.PRIVATE);
  }

  void removeCollaborator(String repository, String person) {
    pass();
    site.at(repository).collaborators.remove(person);
  }

  private void pass() {
    site.pass(Duration.ofMinutes(10));
  }

  private void fill(Repository repository, int size) {
    for (int number = 1; number <= size; number++) {
      Instant written = site.now().minus(Duration.ofHours(size - number + 2L));
      String title = writing.title();
      List<Comment> remarks = new ArrayList<>();
      for (int i = writing.comments(); i > 0; i--) {
        remarks.add(site.comment(writing.person(), writing.remark()));
      }
      repository.put(
          Issue.opened(number, title, writing.body(title), writing.person(), written)
              .discussed(remarks, written));
    }
  }
}
