package dev.corpusync.examples.fakes;

import dev.corpusync.testkit.world.Hidden;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The current data of a fake GitHub: repositories with their readers and issues. {@link GitHubApi}
 * serves it. Its clock moves only when it is set. Not safe for several threads.
 */
public final class GitHubSite {
  final SortedMap<String, Repository> repositories = new TreeMap<>();
  private Instant now;
  private long comments = 9_000;

  /** A repository as it is now. */
  public static final class Repository {
    public final long id;

    /** As owner/name. */
    public final String name;

    public final Set<String> collaborators = new TreeSet<>();
    public final SortedMap<Integer, Issue> issues = new TreeMap<>();

    /** How the API shows that the repository is not public; empty while it is public. */
    public Optional<Hidden> hidden = Optional.empty();

    public String description;

    Repository(long id, String name) {
      this.id = id;
      this.name = name;
      description = "All about " + name;
    }

    public Issue issue(int number) {
      Issue issue = issues.get(number);
      if (issue == null) {
        throw new IllegalArgumentException(name + " has no issue " + number);
      }
      return issue;
    }

    public void put(Issue issue) {
      issues.put(issue.number(), issue);
    }
  }

  /** An issue or a pull request as it is now. */
  public record Issue(
      int number,
      String title,
      Optional<String> body,
      String author,
      List<String> labels,
      boolean pullRequest,
      boolean closed,
      Instant created,
      Instant updated,
      List<Comment> comments) {
    public Issue {
      labels = List.copyOf(labels);
      comments = List.copyOf(comments);
    }

    /** An issue without labels and comments. */
    public static Issue opened(int number, String title, String body, String author, Instant at) {
      return new Issue(
          number, title, Optional.of(body), author, List.of(), false, false, at, at, List.of());
    }

    public Issue written(String newTitle, Optional<String> newBody, Instant at) {
      return new Issue(
          number, newTitle, newBody, author, labels, pullRequest, closed, created, at, comments);
    }

    public Issue discussed(List<Comment> more, Instant at) {
      List<Comment> all = new ArrayList<>(comments);
      all.addAll(more);
      return new Issue(number, title, body, author, labels, pullRequest, closed, created, at, all);
    }
  }

  /** A comment on an issue. */
  public record Comment(long id, String author, String body) {}

  public GitHubSite(Instant start) {
    now = start;
  }

  public Instant now() {
    return now;
  }

  /** Advances the clock. */
  public void pass(Duration by) {
    now = now.plus(by);
  }

  /** The time that the API writes into a record that changes now, in whole seconds. */
  public Instant stamp() {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Creates a public repository without issues. */
  public Repository found(long id, String name) {
    Repository repository = new Repository(id, name);
    repositories.put(name, repository);
    return repository;
  }

  public Repository at(String name) {
    Repository repository = repositories.get(name);
    if (repository == null) {
      throw new IllegalArgumentException("there is no repository " + name);
    }
    return repository;
  }

  public List<Repository> all() {
    return List.copyOf(repositories.values());
  }

  /** Creates a comment with an id of its own. */
  public Comment comment(String author, String body) {
    return new Comment(++comments, author, body);
  }
}
