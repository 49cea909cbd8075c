package dev.corpusync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final Call CALL = Call.get("/issues");
  private static final long MB = 1 << 20;

  private static FakeReply ok(String type, String body) {
    return FakeReply.bytes(200, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    }
    return out.toByteArray();
  }

  @Test
  void a_body_of_500_mb_stops_at_the_cap_without_being_kept() {
    try (Fixture f =
        Fixture.of(request -> Optional.of(Fixture.ONE), builder -> builder.maxBody(2 * MB))) {
      f.server.fault(1, Fault.hugeBody(500 * MB));
      long before = allocated();
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("GET /issues answered 200 with more than 2 MB");
      assertThat(allocated() - before).as("bytes allocated").isLessThan(32 * MB);
      assertThat(f.server.count()).as("not repeated").isOne();
      assertThat(f.api.send(CALL).records("data")).as("the client continues").hasSize(1);
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void a_body_of_exactly_the_cap_is_read() {
    String body = "[" + "1".repeat(998) + "]";
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(FakeReply.json(body)), builder -> builder.maxBody(1000))) {
      assertThat(f.api.send(CALL).record().length()).isEqualTo(1000);
    }
    try (Fixture f =
        Fixture.of(request -> Optional.of(FakeReply.json(body)), builder -> builder.maxBody(999))) {
      assertThatThrownBy(() -> f.api.send(CALL)).hasMessageContaining("999 bytes");
    }
  }

  @Test
  void a_small_answer_that_unpacks_to_a_huge_one_is_counted_unpacked() throws IOException {
    byte[] bomb = gzip(new byte[(int) (64 * MB)]);
    assertThat(bomb.length).isLessThan((int) MB);
    FakeReply reply = FakeReply.bytes(200, "application/json", bomb);
    try (Fixture f =
        Fixture.of(
            request -> Optional.of(reply.header("Content-Encoding", "gzip")),
            builder -> builder.maxBody(2 * MB))) {
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("more than 2 MB");
    }
  }

  @Test
  void a_bomb_is_left_long_before_the_cap_for_how_well_it_is_packed() throws IOException {
    byte[] bomb = gzip(new byte[(int) (60 * MB)]);
    FakeReply reply =
        FakeReply.bytes(200, "application/json", bomb).header("Content-Encoding", "gzip");
    try (Fixture f = Fixture.of(request -> Optional.of(reply), b -> b.maxBody(64 * MB))) {
      long before = allocated();
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("unpacks to more than 200 times what was sent");
      assertThat(allocated() - before).as("bytes allocated").isLessThan(32 * MB);
      assertThat(f.server.count()).as("not repeated").isOne();
    }
  }

  @Test
  void a_bomb_in_an_error_is_not_unpacked_further_than_a_few_words() throws IOException {
    FakeReply reply =
        FakeReply.bytes(403, "application/json", gzip(new byte[(int) (60 * MB)]))
            .header("Content-Encoding", "gzip");
    try (Fixture f = Fixture.of(request -> Optional.of(reply), b -> b.maxBody(64 * MB))) {
      long before = allocated();
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(AccessDeniedException.class);
      assertThat(allocated() - before).as("bytes allocated").isLessThan(16 * MB);
    }
  }

  @Test
  void a_page_that_repeats_itself_as_pages_do_is_no_bomb() throws IOException {
    String record =
        "{\"id\":%d,\"state\":\"open\",\"labels\":[],\"assignee\":null,\"parent\":null}";
    StringBuilder page = new StringBuilder("{\"data\":[");
    for (int i = 0; page.length() < 8 * MB; i++) {
      page.append(i == 0 ? "" : ",").append(String.format(record, i));
    }
    byte[] packed = gzip(page.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(page.length() / packed.length).as("how well it is packed").isGreaterThan(10);
    FakeReply reply =
        FakeReply.bytes(200, "application/json", packed).header("Content-Encoding", "gzip");
    try (Fixture f = Fixture.answering(reply)) {
      assertThat(f.api.send(CALL).records("data")).hasSizeGreaterThan(50_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip"})
  void what_is_packed_in_a_way_that_was_not_asked_for_is_refused(String encoding) {
    try (Fixture f = Fixture.answering(Fixture.ONE.header("Content-Encoding", encoding))) {
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("only gzip is");
    }
  }

  @Test
  void brackets_without_end_are_refused_and_two_hundred_are_read() {
    String page = "{\"data\":[{\"id\":1,\"deep\":%s%s}]}";
    int around = 3;
    String deepest = String.format(page, "[".repeat(200 - around), "]".repeat(200 - around));
    String deeper = String.format(page, "[".repeat(201 - around), "]".repeat(201 - around));
    String endless = "{\"data\":" + "[".repeat(5_000_000);
    try (Fixture f = Fixture.answering(ok("application/json", deepest))) {
      assertThat(f.api.send(CALL).records("data")).hasSize(1);
      assertThat(f.api.send(CALL).json().has("data")).isTrue();
    }
    String tooDeep = String.format(page, "[".repeat(210), "]".repeat(210));
    try (Fixture f = Fixture.answering(ok("application/json", tooDeep))) {
      assertThat(f.api.send(CALL).records("data"))
          .as("it fails alone")
          .singleElement()
          .matches(record -> record.flaw().isPresent());
    }
    for (String body : java.util.List.of(deeper.replace("data", "x"), endless)) {
      try (Fixture f = Fixture.answering(ok("application/json", body))) {
        Reply reply = f.api.send(CALL);
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable read :
            java.util.List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> reply.records("data"), () -> reply.records("other"), reply::json)) {
          assertThatThrownBy(read)
              .isInstanceOf(MalformedReplyException.class)
              .hasMessageContaining(
                  "GET /issues answered with JSON that is nested deeper than 200");
        }
      }
    }
  }

  @Test
  void a_compressed_answer_is_unpacked() throws IOException {
    byte[] packed = gzip("{\"data\":[1]}".getBytes(StandardCharsets.UTF_8));
    try (Fixture f =
        Fixture.answering(
            FakeReply.bytes(200, "application/json", packed).header("Content-Encoding", "gzip"))) {
      assertThat(f.api.send(CALL).records("data")).hasSize(1);
    }
  }

  @Test
  void a_compressed_answer_that_is_cut_is_no_short_page() throws IOException {
    byte[] packed = gzip("{\"data\":[1]}".getBytes(StandardCharsets.UTF_8));
    FakeReply cut =
        FakeReply.bytes(200, "application/json", java.util.Arrays.copyOf(packed, packed.length - 9))
            .header("Content-Encoding", "gzip");
    try (Fixture f = Fixture.answering(cut)) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void a_page_that_is_cut_is_read_again_in_full() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, Fault.truncated());
      assertThat(f.api.send(CALL).records("data")).hasSize(1);
      assertThat(f.server.count()).isEqualTo(2);
    }
  }

  @Test
  void a_web_page_with_200_looks_like_a_login_page() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, Fault.html());
      assertThatThrownBy(() -> f.api.send(CALL))
          .isInstanceOf(MalformedReplyException.class)
          .hasMessageContaining("GET /issues answered 200")
          .hasMessageContaining("looks like a login page")
          .hasMessageContaining("check the base URL and the credentials")
          .hasMessageNotContaining("Sign in");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", " \r\n\t<!DOCTYPE html>", "\uFEFF<html>"})
  void a_web_page_that_calls_itself_json_is_one_all_the_same(String body) {
    try (Fixture f = Fixture.answering(ok("application/json", body))) {
      assertThatThrownBy(() -> f.api.send(CALL)).hasMessageContaining("login page");
    }
  }

  @Test
  void a_page_that_says_it_is_html_is_believed() {
    try (Fixture f = Fixture.answering(ok("Text/HTML; charset=utf-8", "Please sign in"))) {
      assertThatThrownBy(() -> f.api.send(CALL)).hasMessageContaining("login page");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void an_empty_body_is_an_answer_whatever_its_type(int status) {
    FakeReply empty = FakeReply.bytes(status, "text/html", new byte[0]);
    try (Fixture f = Fixture.answering(empty)) {
      Reply reply = f.api.send(CALL);
      assertThat(reply.status()).isEqualTo(status);
      assertThatThrownBy(reply::json).isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void malformed_json_is_found_when_it_is_read() {
    try (Fixture f = Fixture.answering(Fixture.ONE)) {
      f.server.fault(1, Fault.malformedJson());
      Reply reply = f.api.send(CALL);
      assertThatThrownBy(() -> reply.records("data")).isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void a_huge_error_page_does_not_hide_what_the_status_says() {
    FakeReply denied = FakeReply.bytes(403, "text/html", new byte[(int) (4 * MB)]);
    try (Fixture f =
        Fixture.of(request -> Optional.of(denied), builder -> builder.maxBody(2 * MB))) {
      assertThatThrownBy(() -> f.api.send(CALL)).isInstanceOf(AccessDeniedException.class);
    }
  }
}
