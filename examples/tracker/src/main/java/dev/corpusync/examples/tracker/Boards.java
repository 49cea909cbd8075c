package dev.corpusync.examples.tracker;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A board: the container of items, with their readers. */
final class Boards implements ContainerStream {
  // Archived and deleted boards too: they are tombstones, and not merely absent.
  private static final String ALL =
      """
      query Boards($page: Int = 1) {
        boards(limit: 100, page: $page, state: all) {
          id name state type board_kind
          workspace { kind }
          owners { email } subscribers { email }
          team_owners { id } team_subscribers { id }
        }
      }\
      """;

  private static final Map<String, Principal> WIDE = Map.of("public", Principal.organisation());

  @Override
  public Kind kind() {
    return Tracker.BOARD;
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(
                at -> Tracker.query(ALL, Map.of()), "data/boards", Paging.numbered("page", 1)))
        .relisted();
  }

  @Override
  public String id(Item board) {
    return board.id("id");
  }

  @Override
  public Visibility visibility(Item board) {
    return Visibility.allow(board, "state", "active")
        .and(Visibility.allow(board, "type", "board"))
        .and(Visibility.allow(board, "board_kind", "public", "private", "share"));
  }

  /**
   * Private and shareable boards, and boards of closed workspaces, are readable by the people whom
   * they name.
   */
  @Override
  public Access access(Item board) {
    // The main workspace is null, and open.
    boolean open =
        !board.has("workspace") || Visibility.allow(board, "workspace/kind", "open").isVisible();
    if (open && Visibility.allow(board, "board_kind", "public").isVisible()) {
      return Access.known(List.of(board), b -> Principal.fromTable(b.findText("board_kind"), WIDE));
    }
    List<Json> named = new ArrayList<>(board.each("owners"));
    named.addAll(board.each("subscribers"));
    named.addAll(board.each("team_owners"));
    named.addAll(board.each("team_subscribers"));
    return Access.known(
        named,
        who ->
            who.findText("email")
                .map(Principal::email)
                .or(() -> who.findId("id").map(Principal::group)));
  }
}
