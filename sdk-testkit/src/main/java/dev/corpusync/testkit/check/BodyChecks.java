package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.check.CrashSweep.Calm;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.trial.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** NET, of answers that are not what they look like: none of them is an empty page. */
public abstract class BodyChecks extends Area {
  public BodyChecks(Bench bench) {
    super(bench);
  }

  /** In a full listing, each exchange once in one of these ways, the first one in all of them. */
  private void nothingIsLost(List<Fault> faults) {
    int requests = CrashSweep.calm(this, Phase.RESYNC, false).requests();
    for (int i = 0; i < Math.max(faults.size(), requests); i++) {
      nothingIsLost(i < requests ? i + 1 : 1, faults.get(i % faults.size()));
      if (i < faults.size()) {
        nothingIsLost(1, faults.get(i));
      }
    }
  }

  private void nothingIsLost(int exchange, Fault fault) {
    String where = "exchange " + exchange + " " + fault;
    try (Trial trial = trial()) {
      prepared(trial);
      int before = trial.server().count();
      trial.server().fault(before + exchange, fault);
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(trial.server().count())
          .as("exchanges, one of which should go wrong")
          .isGreaterThanOrEqualTo(before + exchange);
      assertThat(trial.index().missing())
          .as("what is at the source and was deleted after %s", where)
          .isEmpty();
      assertThat(run.state() == Run.State.SUCCEEDED && run.message().isEmpty())
          .as("whether a run in which %s succeeded without a word", where)
          .isFalse();
      trial.server().heal();
      succeeded(trial.resync(), "after one in which " + where);
      trial.index().isWhole("after a run in which " + where);
    }
  }

  /** Before a full listing in which each answer has a body. */
  private static void prepared(Trial trial) {
    Phase.RESYNC.prepare(trial);
    trial.quirks().untagged();
  }

  private static Fault body(String name, String text) {
    return Fault.changes(
        name, reply -> new FakeReply(200, reply.headers(), text.getBytes(StandardCharsets.UTF_8)));
  }

  @Check(
      id = "NET-07",
      rule = "A body that breaks off is no answer, whatever its status said",
      does =
          "Each body breaks off once, with a right Content-Length and between two chunks; then all "
              + "bodies do, and the run must fail without deleting anything.",
      why = "A status arrives before its body.",
      whenItFails = "Half a body is no body. Do not repair JSON.")
  public final void a_body_that_breaks_off_is_no_answer() {
    for (Fault fault : List.of(Fault.truncated(), Fault.truncatedChunks())) {
      RetryChecks.failsOnce(this, Phase.FIRST_SYNC, fault);
      RetryChecks.failsOnce(this, Phase.INCREMENTAL, fault);
      try (Trial trial = trial()) {
        prepared(trial);
        trial.server().faultAlways(fault);
        Run run = trial.process(Phase.RESYNC::run);
        assertThat(run.state())
            .as("a run in which every body %s: %s", fault, run.message())
            .isEqualTo(Run.State.FAILED);
        assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
      }
    }
  }

  @Check(
      id = "NET-08",
      rule = "An error with the status 200 is no empty page",
      does =
          "One exchange of a full listing is answered 200 with a login page, `{\"errors\": …}`, "
              + "`{\"ok\": false}`, nothing, or `null`. Nothing may be deleted, and the run may "
              + "not succeed without a word.",
      why = "Read as \"no records\", it empties the index.",
      whenItFails =
          "A listing without its array is an error; use `reply.records(path)`, and `okAt` or "
              + "`errorsAt` for errors in a good status.")
  public final void an_error_with_200_is_no_empty_page() {
    nothingIsLost(
        List.of(
            Fault.html(),
            body("answers {\"errors\": …}", "{\"errors\":[{\"message\":\"try again\"}]}"),
            body("answers {\"ok\": false}", "{\"ok\":false,\"error\":\"ratelimited\"}"),
            body("answers nothing", ""),
            body("answers null", "null")));
  }

  @Check(
      id = "NET-10",
      rule = "A server that never finishes its answer does not hold a run for ever",
      does =
          "A server that never answers, and one that sends a byte a second. With small limits in "
              + "real time the run must end.",
      why = "One such server would hold a worker for ever.",
      whenItFails = "The client needs a limit for a whole call, not only for a silence.")
  public final void a_slow_server_does_not_hold_a_run() throws Throwable {
    for (Fault fault : List.of(Fault.stall(), Fault.trickle())) {
      try (Trial trial = trial()) {
        prepared(trial);
        trial.client(c -> c.retries(0).timeouts(Duration.ofMillis(300), Duration.ofMillis(400)));
        trial.server().fault(trial.server().count() + 1, fault);
        Watchdog.within(
            Duration.ofSeconds(10),
            () -> {
              Run run = trial.process(Phase.RESYNC::run);
              assertThat(run.state())
                  .as("a run in which an exchange %s: %s", fault, run.message())
                  .isEqualTo(Run.State.FAILED);
            });
        assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
      }
    }
  }

  @Check(
      id = "NET-15",
      rule = "A compressed body or one with a byte order mark is read; another encoding is refused",
      does =
          "Bodies compressed, with a byte order mark, and in Latin-1 under the name of UTF-8: "
              + "read, read, and refused or decoded, never stored as mojibake.",
      why = "What is stored wrong is hashed, embedded and shown wrong.",
      whenItFails = "Decode strictly.")
  public final void encodings_are_read_or_refused() {
    Calm calm = CrashSweep.calm(this, Phase.FIRST_SYNC, false);
    try (Trial trial = trial()) {
      trial.quirks().dressing(BodyChecks::zipped);
      whole(trial, "with compressed bodies");
      assertThat(CrashSweep.state(trial)).as("the store, read compressed").isEqualTo(calm.state());
    }
    try (Trial trial = trial()) {
      trial.quirks().dressing((request, reply) -> with(reply, BodyChecks::marked));
      whole(trial, "with a byte order mark before each body");
      assertThat(documents(trial.state()))
          .as("the documents, read with a mark")
          .isEqualTo(documents(calm.state()));
    }
    try (Trial trial = trial()) {
      trial.process(engine -> engine.health(Trial.KEY)); // The connection is there.
      trial.quirks().dressing((request, reply) -> with(reply, BodyChecks::latin));
      trial.sync();
      assertThat(trial.index().documents().values().stream().flatMap(d -> Index.texts(d).stream()))
          .as("texts of bodies in Latin-1 that say they are UTF-8")
          .noneMatch(text -> text.contains("\uFFFD"));
    }
  }

  private static List<String> documents(String state) {
    return state.lines().filter(line -> line.startsWith("document ")).toList();
  }

  private static FakeReply with(FakeReply reply, UnaryOperator<byte[]> change) {
    return new FakeReply(reply.status(), reply.headers(), change.apply(reply.body()));
  }

  private static FakeReply zipped(FakeRequest request, FakeReply reply) {
    boolean understood =
        request.header("accept-encoding").filter(e -> e.contains("gzip")).isPresent();
    if (!understood || reply.body().length == 0) {
      return reply;
    }
    return with(
            reply,
            body -> {
              try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
                try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                  zip.write(body);
                }
                return bytes.toByteArray();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .header("Content-Encoding", "gzip");
  }

  private static byte[] marked(byte[] body) {
    byte[] marked = new byte[body.length + 3];
    marked[0] = (byte) 0xef;
    marked[1] = (byte) 0xbb;
    marked[2] = (byte) 0xbf;
    System.arraycopy(body, 0, marked, 3, body.length);
    return marked;
  }

  private static byte[] latin(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Check(
      id = "NET-16",
      rule = "An endless body is not read to its end",
      does =
          "An answer of 96 MB where 256 KB are allowed: it is not read to its end. Answers of a "
              + "few KB that unpack to 8 MB: they are refused.",
      why = "One answer must not take the heap of a host.",
      whenItFails = "Count while reading, and count what is unpacked.")
  public final void an_endless_body_is_not_read() {
    long size = 96L << 20;
    try (Trial trial = trial()) {
      prepared(trial);
      trial.client(c -> c.body(256 << 10));
      trial.server().fault(trial.server().count() + 1, Fault.hugeBody(size));
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(run.state())
          .as("a run in which an answer has %s MB: %s", size >> 20, run.message())
          .isEqualTo(Run.State.FAILED);
      assertThat(trial.server().sent())
          .as("bytes taken, of which 256 KB are allowed; the sockets' buffers come on top")
          .isBetween(1L, size / 2);
      assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
    }
    try (Trial trial = trial()) {
      prepared(trial);
      trial.client(c -> c.body(256 << 10));
      trial.quirks().dressing((request, reply) -> zipped(request, with(reply, BodyChecks::padded)));
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(run.state())
          .as("a run in which a few KB unpack to 8 MB: %s", run.message())
          .isEqualTo(Run.State.FAILED);
      assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
    }
  }

  /** The same JSON, with 8 MB of blanks behind it. */
  private static byte[] padded(byte[] body) {
    byte[] padded = Arrays.copyOf(body, body.length + (8 << 20));
    Arrays.fill(padded, body.length, padded.length, (byte) ' ');
    return padded;
  }

  @Check(
      id = "NET-17",
      rule = "Malformed JSON is no empty page",
      does =
          "Half of the JSON, all but its last byte, two of them in one body, 20,000 brackets, NaN: "
              + "as `NET-08`.",
      why = "The same, with a parser in between.",
      whenItFails = "Do not catch `MalformedReplyException`.")
  public final void malformed_json_is_no_empty_page() {
    nothingIsLost(
        List.of(
            Fault.malformedJson(),
            body("answers 20,000 brackets", "[".repeat(20_000)),
            Fault.changes("answers twice in one body", reply -> with(reply, BodyChecks::twice)),
            body("answers NaN", "{\"data\":NaN}"),
            Fault.changes(
                "answers without the last byte",
                reply -> with(reply, b -> Arrays.copyOf(b, Math.max(0, b.length - 1))))));
  }

  private static byte[] twice(byte[] body) {
    byte[] twice = Arrays.copyOf(body, body.length * 2);
    System.arraycopy(body, 0, twice, body.length, body.length);
    return twice;
  }
}
