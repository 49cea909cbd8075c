package dev.corpusync.examples.fakes;

import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.wire.JsonTree;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fake drive with nested folders. Like real drives, its delta names the changed item itself and
 * nothing below it; permissions are inherited unless an item has its own. Not safe for several
 * threads.
 */
final class FakeDrive implements FakeApi {
  private static final int PAGE = 2;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private long changes;

  /**
   * @param readers its own readers; empty for the readers of its parent
   */
  private record Node(
      String id,
      String name,
      String parent,
      boolean folder,
      List<String> readers,
      boolean deleted,
      long change) {}

  FakeDrive() {
    put(new Node("root", "root", "", true, List.of("all@acme.example"), false, 0));
  }

  FakeDrive folder(String name, String parent, String... readers) {
    return put(new Node(name, name, parent, true, List.of(readers), false, 0));
  }

  FakeDrive file(String name, String parent, String... readers) {
    return put(new Node(name, name, parent, false, List.of(readers), false, 0));
  }

  void move(String id, String parent) {
    change(id, n -> new Node(n.id, n.name, parent, n.folder, n.readers, n.deleted, 0));
  }

  void rename(String id, String name) {
    change(id, n -> new Node(n.id, name, n.parent, n.folder, n.readers, n.deleted, 0));
  }

  void share(String id, String... readers) {
    change(id, n -> new Node(n.id, n.name, n.parent, n.folder, List.of(readers), n.deleted, 0));
  }

  /** Deletes an item with everything below it; the delta names each. */
  void delete(String id) {
    below(id).forEach(n -> delete(n.id));
    change(id, n -> new Node(n.id, n.name, n.parent, n.folder, n.readers, true, 0));
  }

  private void change(String id, UnaryOperator<Node> to) {
    put(to.apply(node(id)));
  }

  private synchronized FakeDrive put(Node node) {
    nodes.put(
        node.id,
        new Node(
            node.id, node.name, node.parent, node.folder, node.readers, node.deleted, ++changes));
    return this;
  }

  private synchronized Node node(String id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }

  private synchronized List<Node> below(String id) {
    return nodes.values().stream().filter(n -> n.parent.equals(id) && !n.deleted).toList();
  }

  @Override
  public synchronized Optional<FakeReply> answer(FakeRequest request) {
    String[] path = request.path().split("/");
    if (request.path().equals("/drive/root/delta")) {
      return Optional.of(delta(request));
    }
    if (path.length != 5 || !request.path().startsWith("/drive/items/")) {
      return Optional.empty();
    }
    Node node = nodes.get(path[3]);
    if (node == null || node.deleted) {
      return Optional.of(FakeReply.status(404));
    }
    return switch (path[4]) {
      case "children" -> Optional.of(page(request, below(node.id), "after", Optional.empty()));
      case "permissions" -> Optional.of(FakeReply.json(permissions(node).toString()));
      default -> Optional.empty();
    };
  }

  /** A delta link contains the number of the change after which it continues. */
  private FakeReply delta(FakeRequest request) {
    boolean first = request.query("after").isEmpty();
    List<Node> all = nodes.values().stream().filter(n -> !first || !n.deleted).toList();
    return page(request, all, "after", Optional.of("/drive/root/delta?after=" + changes));
  }

  private FakeReply page(
      FakeRequest request, List<Node> all, String parameter, Optional<String> end) {
    long after = request.query(parameter).map(Long::parseLong).orElse(0L);
    List<Node> rest =
        all.stream()
            .filter(n -> n.change > after)
            .sorted(Comparator.comparing(Node::change))
            .toList();
    List<Node> here = rest.subList(0, Math.min(PAGE, rest.size()));
    ObjectNode body = JsonTree.object("value", here.stream().map(FakeDrive::json).toList());
    if (here.size() < rest.size()) {
      body.put(
          "@odata.nextLink",
          request.path() + "?" + parameter + "=" + here.get(here.size() - 1).change);
    } else {
      end.ifPresent(link -> body.put("@odata.deltaLink", link));
    }
    return FakeReply.json(body.toString());
  }

  private static ObjectNode json(Node n) {
    ObjectNode json =
        n.deleted
            ? JsonTree.object("id", n.id, "deleted", JsonTree.object("state", "deleted"))
            : JsonTree.object(
                "id",
                n.id,
                "name",
                n.name,
                "parentReference",
                JsonTree.object("id", n.parent.isEmpty() ? null : n.parent),
                n.folder ? "folder" : "file",
                JsonTree.object(),
                "lastModifiedDateTime",
                "2026-01-02T03:04:05Z",
                "publication",
                JsonTree.object("level", "published"),
                "webUrl",
                "https://drive.example/" + n.id);
    if (n.parent.isEmpty()) {
      json.set("root", JsonTree.object());
    }
    return json;
  }

  private ObjectNode permissions(Node of) {
    Node from = of;
    while (from.readers.isEmpty()) {
      from = node(from.parent);
    }
    Function<String, ObjectNode> grant =
        email ->
            JsonTree.object(
                "grantedToV2", JsonTree.object("user", JsonTree.object("email", email)));
    return JsonTree.object("value", from.readers.stream().map(grant).toList());
  }
}
