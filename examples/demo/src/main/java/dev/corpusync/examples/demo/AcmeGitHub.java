package dev.corpusync.examples.demo;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The issues of a company, as a GitHub of its own: two public repositories and a private one.
 * Seeded; its clock moves only with its changes. One thread at a time.
 */
final class AcmeGitHub implements Upstream {
  static final String KETTLE = "acme/kettle";
  static final String VAULT = "acme/vault";
  static final String DRAFTS = "acme/drafts";

  final SortedMap<String, Repository> repositories = new TreeMap<>();
  private final AcmeWriting writing = new AcmeWriting(606);
  private Instant now = Instant.parse("2026-03-02T09:00:00Z");
  private long comments = 9_000;

  /** A repository as it is now. */
  static final class Repository {
    final long id;
    final String name;
    boolean isPrivate;
    final Set<String> collaborators = new TreeSet<>();
    final SortedMap<Integer, Issue> issues = new TreeMap<>();

    Repository(long id, String name, boolean isPrivate) {
      this.id = id;
      this.name = name;
      this.isPrivate = isPrivate;
    }
  }

  /** An issue as it is now. */
  record Issue(
      int number,
      String title,
      String body,
      String author,
      Instant created,
      Instant updated,
      List<Comment> comments) {}

  record Comment(long id, String author, String body) {}

  AcmeGitHub() {
    fill(new Repository(101, KETTLE, false), 300);
    fill(new Repository(102, VAULT, true), 80);
    fill(new Repository(103, DRAFTS, false), 20);
    at(VAULT).collaborators.addAll(List.of("ada", "cleo"));
  }

  @Override
  public FakeApi api() {
    return new AcmeApi(this);
  }

  /** Once for all: what becomes private later is not listed as a private one that is wanted. */
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
    for (Repository repository : repositories.values()) {
      if (!repository.isPrivate || repository.name.equals(VAULT)) {
        repository.issues.keySet().forEach(number -> visible.add(ref(repository.name, number)));
      }
    }
    return visible;
  }

  @Override
  public int repositories() {
    return repositories.size();
  }

  @Override
  public String describe() {
    return "Acme's repositories kettle and drafts (public) and vault (private)";
  }

  @Override
  public String question() {
    return "login gateway";
  }

  Instant now() {
    return now;
  }

  Repository at(String name) {
    Repository repository = repositories.get(name);
    if (repository == null) {
      throw new IllegalArgumentException("Acme has no repository " + name);
    }
    return repository;
  }

  Ref ref(String repository, int number) {
    return Kind.of("issue").ref(at(repository).id + "/" + number);
  }

  int add(String repository, String title) {
    pass();
    Repository at = at(repository);
    int number = at.issues.lastKey() + 1;
    at.issues.put(
        number, new Issue(number, title, writing.body(title), "dan", now, now, List.of()));
    return number;
  }

  /** Puts one more paragraph in front; the others stay as they are. */
  void prepend(String repository, int number, String paragraph) {
    Issue i = issue(repository, number);
    replace(repository, i, paragraph + "\n\n" + i.body(), i.comments());
  }

  void comment(String repository, int number, String text) {
    Issue issue = issue(repository, number);
    List<Comment> more = new ArrayList<>(issue.comments());
    more.add(new Comment(++comments, "eve", text));
    replace(repository, issue, issue.body(), more);
  }

  /** Leaves no trace in any listing, as at the real one. */
  void delete(String repository, int number) {
    pass();
    at(repository).issues.remove(number);
  }

  void makePrivate(String repository) {
    pass();
    at(repository).isPrivate = true;
  }

  void removeCollaborator(String repository, String person) {
    pass();
    at(repository).collaborators.remove(person);
  }

  private Issue issue(String repository, int number) {
    Issue issue = at(repository).issues.get(number);
    if (issue == null) {
      throw new IllegalArgumentException(repository + " has no issue " + number);
    }
    return issue;
  }

  private void replace(String repository, Issue old, String body, List<Comment> comments) {
    pass();
    at(repository)
        .issues
        .put(
            old.number(),
            new Issue(old.number(), old.title(), body, old.author(), old.created(), now, comments));
  }

  private void pass() {
    now = now.plus(Duration.ofMinutes(10));
  }

  private void fill(Repository repository, int size) {
    for (int number = 1; number <= size; number++) {
      Instant written = now.minus(Duration.ofHours(size - number + 2L));
      String title = writing.title();
      List<Comment> remarks = new ArrayList<>();
      for (int i = writing.comments(); i > 0; i--) {
        remarks.add(new Comment(++comments, writing.person(), writing.remark()));
      }
      repository.issues.put(
          number,
          new Issue(
              number,
              title,
              writing.body(title),
              writing.person(),
              written,
              written,
              List.copyOf(remarks)));
    }
    repositories.put(repository.name, repository);
  }
}
