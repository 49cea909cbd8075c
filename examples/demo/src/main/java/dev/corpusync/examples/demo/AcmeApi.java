package dev.corpusync.examples.demo;

import dev.corpusync.examples.demo.AcmeGitHub.Comment;
import dev.corpusync.examples.demo.AcmeGitHub.Issue;
import dev.corpusync.examples.demo.AcmeGitHub.Repository;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wire form of {@link AcmeGitHub}: the few routes that the connector asks for, with pages of 30
 * whose {@code Link} leaves {@code /repos/OWNER/NAME} for {@code /repositories/ID}, and ETags.
 */
final class AcmeApi implements FakeApi {
  private static final int PAGE = 30;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final AcmeGitHub acme;

  AcmeApi(AcmeGitHub acme) {
    this.acme = acme;
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request) {
    List<String> path = Arrays.asList(request.path().substring(1).split("/"));
    return repository(path)
        .flatMap(
            at -> at(request, at, path.subList(path.get(0).equals("repos") ? 3 : 2, path.size())))
        .map(reply -> fresh(request, reply));
  }

  private Optional<Repository> repository(List<String> path) {
    return acme.repositories.values().stream()
        .filter(
            r ->
                path.size() > 2 && r.name.equals(path.get(1) + "/" + path.get(2))
                    || path.size() > 1 && Long.toString(r.id).equals(path.get(1)))
        .findFirst();
  }

  private Optional<FakeReply> at(FakeRequest request, Repository repository, List<String> rest) {
    return switch (String.join("/", rest).replaceAll("\\d+", "N")) {
      case "" -> Optional.of(json(repository(repository)));
      case "collaborators" ->
          Optional.of(
              json(repository.collaborators.stream().map(p -> Map.of("login", p)).toList()));
      case "issues" -> Optional.of(issues(request, repository));
      case "issues/N" ->
          Optional.of(
              issue(repository, rest)
                  .map(issue -> json(issue(repository, issue)))
                  .orElse(FakeReply.status(410)));
      case "issues/N/comments" ->
          issue(repository, rest).map(issue -> json(comments(repository, issue)));
      default -> Optional.empty();
    };
  }

  private static Optional<Issue> issue(Repository repository, List<String> rest) {
    return Optional.ofNullable(repository.issues.get(Integer.parseInt(rest.get(1))));
  }

  private FakeReply issues(FakeRequest request, Repository repository) {
    Optional<Instant> since = request.query("since").map(Instant::parse);
    int page = request.query("page").map(Integer::parseInt).orElse(1);
    List<Issue> all =
        repository.issues.values().stream()
            .filter(i -> since.isEmpty() || !i.updated().isBefore(since.get()))
            .toList();
    List<Map<String, Object>> here =
        all.stream().skip((page - 1L) * PAGE).limit(PAGE).map(i -> issue(repository, i)).toList();
    FakeReply reply = json(here);
    if (page * PAGE >= all.size()) {
      return reply;
    }
    String next =
        "http://%s/repositories/%d/issues?state=all&page=%d"
            .formatted(request.header("host").orElse(""), repository.id, page + 1);
    String goesOn = since.map(time -> "&since=" + time).orElse("");
    return reply.header("Link", "<" + next + goesOn + ">; rel=\"next\"");
  }

  private Map<String, Object> repository(Repository repository) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", repository.id);
    json.put("name", repository.name.split("/")[1]);
    json.put("full_name", repository.name);
    json.put("private", repository.isPrivate);
    json.put("owner", Map.of("login", repository.name.split("/")[0]));
    return json;
  }

  private Map<String, Object> issue(Repository repository, Issue issue) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", issue.number());
    json.put("title", issue.title());
    json.put("body", issue.body());
    json.put("state", "open");
    json.put("user", Map.of("login", issue.author()));
    json.put("labels", List.of());
    json.put("comments", issue.comments().size());
    json.put("created_at", issue.created().toString());
    json.put("updated_at", issue.updated().toString());
    json.put("html_url", page(repository, issue));
    return json;
  }

  private List<Map<String, Object>> comments(Repository repository, Issue issue) {
    return issue.comments().stream().map(c -> comment(repository, issue, c)).toList();
  }

  private Map<String, Object> comment(Repository repository, Issue issue, Comment comment) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", comment.id());
    json.put("user", Map.of("login", comment.author()));
    json.put("body", comment.body());
    json.put("html_url", page(repository, issue) + "#issuecomment-" + comment.id());
    return json;
  }

  private static String page(Repository repository, Issue issue) {
    return "https://github.example/" + repository.name + "/issues/" + issue.number();
  }

  private static FakeReply json(Object value) {
    return FakeReply.json(JSON.writeValueAsString(value));
  }

  /** Dates it, and answers 304 to a client that has it already. */
  private FakeReply fresh(FakeRequest request, FakeReply reply) {
    String tag = "\"" + Integer.toHexString(Arrays.hashCode(reply.body())) + "\"";
    boolean known = request.header("if-none-match").filter(tag::equals).isPresent();
    FakeReply answer =
        known && reply.status() == 200
            ? new FakeReply(304, reply.headers(), "".getBytes(StandardCharsets.UTF_8))
            : reply;
    return answer
        .header("ETag", tag)
        .header(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(acme.now().atOffset(ZoneOffset.UTC)));
  }
}
