package dev.corpusync.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.corpusync.document.Document;
import dev.corpusync.error.RequestRefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server sends is read without deep recursion, in time that grows with its length. */
class ServerTextTest {
  private static void onSmallStack(Runnable work) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                thrown.set(e);
              }
            },
            "small",
            200 << 10);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          small.start();
          small.join();
        });
    assertThat(thrown.get()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\n ", "\r\n\t", "\r", " ", "a\n", "\n\n", "\u2028 ", "\u000b\n \t"})
  void a_text_of_any_form_is_cut_into_paragraphs(String repeated) {
    String text = "x" + repeated.repeat(300_000 / repeated.length()) + "y";
    onSmallStack(() -> Document.titled("a title").body(java.util.Optional.of(text)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "../", "a/../", "//", "?", "#", "%41", ":", "["})
  void a_link_of_any_form_is_an_address_or_refused(String repeated) {
    for (int length : new int[] {60_000, 2_000_000}) {
      String link = "/" + repeated.repeat(length / repeated.length());
      onSmallStack(
          () -> {
            try {
              Call.follow(link).uri(URI.create("https://api.example.com"));
            } catch (IllegalArgumentException | RequestRefusedException e) {
              // refused
            }
          });
    }
  }

  @Test
  void an_address_that_no_server_reads_is_refused_without_showing_it() {
    Call call = Call.follow("https://api.example.com/" + "s3cret".repeat(20_000));
    assertThatThrownBy(() -> call.uri(URI.create("https://api.example.com")))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("64 kB")
        .hasMessageNotContaining("s3crets3cret");
  }
}
