package dev.corpusync.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final String FIFTY =
      IntStream.range(0, 50).mapToObj(i -> "Paragraph " + i).collect(Collectors.joining("\n\n"));

  @Test
  void a_paragraph_at_the_front_of_fifty_is_one_new_chunk() {
    List<Chunk> before = body(FIFTY);
    List<Chunk> after = body("New.\n\n" + FIFTY);

    List<Chunk> added = new ArrayList<>(after);
    added.removeAll(before);
    assertThat(before).hasSize(50);
    assertThat(after).hasSize(51).containsAll(before);
    assertThat(added).extracting(Chunk::text).containsExactly("New.");
  }

  @Test
  void a_repeated_paragraph_at_the_front_is_one_new_chunk_too() {
    List<Chunk> before = body("Same\n\nOther\n\nSame");
    List<Chunk> after = body("Same\n\nSame\n\nOther\n\nSame");

    assertThat(after).hasSize(4).containsAll(before);
  }

  @Test
  void a_moved_paragraph_keeps_its_chunk() {
    assertThat(body("b\n\na")).containsExactlyInAnyOrderElementsOf(body("a\n\nb"));
  }

  @Test
  void a_line_break_is_none_between_paragraphs_however_it_is_written() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertThat(body("one" + end + "line" + end + end + "two" + end + " \t" + end + end + "three"))
          .extracting(Chunk::text)
          .containsExactly("one" + end + "line", "two", "three");
    }
  }

  @Test
  void blank_text_is_no_chunk() {
    assertThat(body(" \n\n\t\n\n")).isEmpty();
  }

  @Test
  void a_title_has_something_to_be_seen() {
    for (String unseen : List.of("", " ", "\u00a0", "\u200b\u2060", "\t\u0000", "\ufeff")) {
      assertThatThrownBy(() -> Document.titled(unseen))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Document.titled("\u200bשלום").build().title()).isEqualTo("\u200bשלום");
  }

  @Test
  void one_key_names_one_chunk() {
    assertThatThrownBy(() -> Document.titled("t").chunk("c-1", "a").chunk("c-1", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_title_is_needed() {
    assertThatThrownBy(() -> Document.titled(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void metadata_is_everything_but_the_chunks() {
    Field<String> state = Field.keyword("state");
    Document open = Document.titled("t").body("a").field(state, "open").build();

    assertThat(Document.titled("t").body("b").field(state, "open").build().metadataHash())
        .isEqualTo(open.metadataHash());
    assertThat(Document.titled("t").body("a").field(state, "shut").build().metadataHash())
        .isNotEqualTo(open.metadataHash());
    assertThat(Document.titled("u").body("a").field(state, "open").build().metadataHash())
        .isNotEqualTo(open.metadataHash());
    assertThat(Document.titled("t").field(Field.keyword("a"), "b").build().metadataHash())
        .isNotEqualTo(
            Document.titled("t").fields(Field.keyword("a"), List.of("b")).build().metadataHash());
  }

  private static List<Chunk> body(String text) {
    return Document.titled("t").body(text).build().chunks();
  }

  @Test
  void metadata_that_reads_alike_when_joined_is_told_apart() {
    Field<String> label = Field.keyword("label");
    Field<String> other = Field.keyword("other");
    java.util.List<Document> all =
        java.util.List.of(
            Document.titled("t").fields(label, java.util.List.of("a, b")).build(),
            Document.titled("t").fields(label, java.util.List.of("a", "b")).build(),
            Document.titled("t").field(label, "[a, b]").build(),
            Document.titled("t").fields(label, java.util.List.of("a")).field(other, "b").build(),
            Document.titled("t").field(label, "a").field(other, "b").build(),
            Document.titled("t\u0000label\u0000a").field(other, "b").build(),
            Document.titled("t\uFFFDlabel").field(label, "1").build(),
            Document.titled("t\uFFFDlabel").field(Field.number("label"), 1L).build(),
            Document.titled("tlabel").field(label, "a").build());
    assertThat(all.stream().map(Document::metadataHash).distinct()).hasSize(all.size());
  }
}
