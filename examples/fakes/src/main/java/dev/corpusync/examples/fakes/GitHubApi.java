package dev.corpusync.examples.fakes;

import dev.corpusync.examples.fakes.GitHubSite.Comment;
import dev.corpusync.examples.fakes.GitHubSite.Issue;
import dev.corpusync.examples.fakes.GitHubSite.Repository;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire format of a {@link GitHubSite}: the routes that the connector requests, with ETags, and
 * with pages whose {@code Link} replaces {@code /repos/OWNER/NAME} by {@code /repositories/ID}. It
 * has the defaults of the real API (open issues, newest first, 30 per page), so a connector that
 * relies on other defaults fails.
 */
public final class GitHubApi implements FakeApi {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private final GitHubSite site;
  private final int largestPage;

  /**
   * @param largestPage the largest number of records on a page
   */
  public GitHubApi(GitHubSite site, int largestPage) {
    this.site = site;
    this.largestPage = largestPage;
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request) {
    if (request.header("authorization").filter(h -> h.startsWith("Bearer ")).isEmpty()) {
      return Optional.of(FakeReply.status(401));
    }
    if (request.path().equals("/user")) {
      return Optional.of(
          fresh(
              request,
              FakeReply.json("{\"id\":7,\"login\":\"acme-bot\"}")
                  .header("X-OAuth-Scopes", "repo")));
    }
    List<String> path = Arrays.asList(request.path().substring(1).split("/"));
    boolean named = path.get(0).equals("repos") && path.size() > 2;
    boolean numbered = path.get(0).equals("repositories") && path.size() > 1;
    if (!named && !numbered) {
      return Optional.empty();
    }
    String wanted = named ? path.get(1) + "/" + path.get(2) : path.get(1);
    List<String> rest = path.subList(named ? 3 : 2, path.size());
    return site.all().stream()
        .filter(r -> wanted.equals(named ? r.name : Long.toString(r.id)))
        .findFirst()
        .flatMap(repository -> at(request, repository, rest))
        .map(reply -> fresh(request, reply));
  }

  private Optional<FakeReply> at(FakeRequest request, Repository at, List<String> rest) {
    return switch (String.join("/", rest).replaceAll("\\d+", "N")) {
      case "" -> Optional.of(FakeReply.json(repository(at).toString()));
      case "collaborators" ->
          Optional.of(
              page(request, at, rest, List.copyOf(at.collaborators), GitHubApi::collaborator));
      case "issues" ->
          Optional.of(page(request, at, rest, issues(request, at), issue -> issue(at, issue)));
      case "issues/N" ->
          Optional.of(
              issue(at, rest)
                  .map(issue -> FakeReply.json(issue(at, issue).toString()))
                  .orElse(FakeReply.status(410)));
      case "issues/N/comments" ->
          issue(at, rest)
              .map(issue -> page(request, at, rest, issue.comments(), c -> comment(at, issue, c)));
      default -> Optional.empty();
    };
  }

  private static Optional<Issue> issue(Repository at, List<String> rest) {
    return Optional.ofNullable(at.issues.get(Integer.parseInt(rest.get(1))));
  }

  private static List<Issue> issues(FakeRequest request, Repository at) {
    Optional<Instant> since = request.query("since").map(Instant::parse);
    String state = request.query("state").orElse("open");
    Comparator<Issue> order =
        request.query("sort").orElse("created").equals("updated")
            ? Comparator.comparing(Issue::updated).thenComparing(Issue::number)
            : Comparator.comparing(Issue::number);
    return at.issues.values().stream()
        .filter(i -> state.equals("all") || state.equals(i.closed() ? "closed" : "open"))
        .filter(i -> since.isEmpty() || !i.updated().isBefore(since.get()))
        .sorted(request.query("direction").orElse("desc").equals("asc") ? order : order.reversed())
        .toList();
  }

  private <T> FakeReply page(
      FakeRequest request,
      Repository at,
      List<String> rest,
      List<T> all,
      Function<T, ObjectNode> wire) {
    int size = Math.min(largestPage, request.query("per_page").map(Integer::parseInt).orElse(30));
    int page = request.query("page").map(Integer::parseInt).orElse(1);
    ArrayNode here = JSON.createArrayNode();
    all.stream().skip((page - 1L) * size).limit(size).map(wire).forEach(here::add);
    FakeReply reply = FakeReply.json(here.toString());
    int last = (all.size() + size - 1) / size;
    if (page >= last) {
      return reply;
    }
    return reply.header(
        "Link",
        "<%s>; rel=\"next\", <%s>; rel=\"last\""
            .formatted(link(request, at, rest, page + 1), link(request, at, rest, last)));
  }

  private static String link(FakeRequest request, Repository at, List<String> rest, int page) {
    Map<String, String> query = new LinkedHashMap<>();
    request.query().forEach((name, values) -> query.put(name, values.get(0)));
    query.put("page", Integer.toString(page));
    return "http://%s/repositories/%d/%s?%s"
        .formatted(
            request.header("host").orElse(""),
            at.id,
            String.join("/", rest),
            query.entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
  }

  private static ObjectNode repository(Repository at) {
    String[] names = at.name.split("/", 2);
    ObjectNode json = JSON.createObjectNode();
    json.put("id", at.id)
        .put("name", names[1])
        .put("full_name", at.name)
        .put("description", at.description)
        .put("private", false);
    at.hidden.ifPresent(
        hidden -> {
          switch (hidden) {
            case PRIVATE -> json.put("private", true);
            case NULL -> json.putNull("private");
            case UNKNOWN, OTHER_CASE, OTHER_TYPE -> json.put("private", "internal");
            case BLANK -> json.put("private", "");
            case MISSING -> json.remove("private");
          }
        });
    json.putObject("owner").put("login", names[0]);
    return json;
  }

  private static ObjectNode collaborator(String person) {
    return JSON.createObjectNode().put("login", person);
  }

  private static ObjectNode issue(Repository at, Issue issue) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", at.id * 100_000 + issue.number())
        .put("number", issue.number())
        .put("title", issue.title())
        .put("body", issue.body().orElse(null))
        .put("state", issue.closed() ? "closed" : "open")
        .put("comments", issue.comments().size())
        .put("created_at", issue.created().toString())
        .put("updated_at", issue.updated().toString())
        .put("html_url", url(at, issue));
    json.putObject("user").put("login", issue.author());
    ArrayNode labels = json.putArray("labels");
    issue.labels().forEach(label -> labels.addObject().put("name", label));
    if (issue.pullRequest()) {
      json.putObject("pull_request").put("html_url", url(at, issue));
    }
    return json;
  }

  private static ObjectNode comment(Repository at, Issue issue, Comment comment) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", comment.id())
        .put("body", comment.body())
        .put("html_url", url(at, issue) + "#issuecomment-" + comment.id());
    json.putObject("user").put("login", comment.author());
    return json;
  }

  private static String url(Repository at, Issue issue) {
    String sort = issue.pullRequest() ? "pull" : "issues";
    return "https://github.example/" + at.name + "/" + sort + "/" + issue.number();
  }

  /** Adds the date, and answers 304 to a client with the current version. */
  private FakeReply fresh(FakeRequest request, FakeReply reply) {
    String tag = "W/\"" + Integer.toHexString(Arrays.hashCode(reply.body())) + "\"";
    boolean known = request.header("if-none-match").filter(tag::equals).isPresent();
    FakeReply answer =
        known && reply.status() == 200 ? new FakeReply(304, reply.headers(), new byte[0]) : reply;
    return answer.header("ETag", tag).header("Date", http(site.now()));
  }

  private static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
