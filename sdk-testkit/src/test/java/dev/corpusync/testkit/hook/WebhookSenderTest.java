package dev.corpusync.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Receiver.Arrived;
import dev.corpusync.testkit.hook.Receiver.Reply;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source does beyond signing, over sockets. */
class WebhookSenderTest {
  private static final Secret OLD = Secret.of("n33dle-old");
  private static final Secret NEW = Secret.of("n33dle-new");
  private static final Signing TOKEN = Signing.sharedToken("X-Token");
  private static final Delivery EVENT = Delivery.json("d1", "{\"id\":1}");
  private final VirtualTime time = new VirtualTime();

  private WebhookSender to(Receiver receiver) {
    return WebhookSender.to(receiver.url("/hook"), TOKEN, OLD, time::now);
  }

  private static List<String> of(Receiver receiver, String header) {
    return receiver.arrived().stream().map(a -> a.header(header).orElse("none")).toList();
  }

  @Test
  void remembers_what_each_attempt_was_answered_with() {
    try (Receiver receiver =
        Receiver.answering(
            a -> new Reply(a.text().contains("1") ? 201 : 422, "text/html", "x".repeat(9_999)))) {
      WebhookSender sender = to(receiver);
      sender.deliver(EVENT);
      sender.deliver(Delivery.json("d2", "{}"));

      assertThat(sender.attempts()).extracting(Attempt::id).containsExactly("d1", "d2");
      assertThat(sender.attempts())
          .extracting(a -> a.answer().orElseThrow().status())
          .containsExactly(201, 422);
      assertThat(sender.attempts()).extracting(Attempt::isAccepted).containsExactly(true, false);
      assertThat(sender.attempts().get(0).answer().orElseThrow())
          .isEqualTo(new Attempt.Answer(201, "text/html", "x".repeat(4_096)));
    }
  }

  @Test
  void redelivers_the_same_id_until_it_is_accepted() {
    Iterator<Integer> statuses = List.of(500, 302, 404, 204, 500).iterator();
    try (Receiver receiver = Receiver.answering(a -> Reply.status(statuses.next()))) {
      List<Attempt> attempts = to(receiver).idIn("X-Delivery").redeliver(EVENT, 10);

      assertThat(attempts)
          .extracting(a -> a.answer().orElseThrow().status())
          .containsExactly(500, 302, 404, 204);
      assertThat(of(receiver, "X-Delivery")).containsExactly("d1", "d1", "d1", "d1");
      assertThat(receiver.arrived()).extracting(Arrived::text).containsOnly("{\"id\":1}");
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void gives_up_after_so_many_times(int most) {
    try (Receiver receiver = Receiver.answering(503)) {
      assertThat(to(receiver).redeliver(EVENT, most)).hasSize(most);
      assertThat(receiver.arrived()).hasSize(most);
    }
  }

  @Test
  void signs_each_attempt_anew() {
    try (Receiver receiver =
        Receiver.answering(
            a -> {
              time.advance(Duration.ofMinutes(10));
              return Reply.status(503);
            })) {
      WebhookSender.to(receiver.url("/"), Signing.slack(), OLD, time::now).redeliver(EVENT, 2);

      long start = VirtualTime.START.getEpochSecond();
      assertThat(of(receiver, "X-Slack-Request-Timestamp"))
          .containsExactly("" + start, "" + (start + 600));
    }
  }

  @Test
  void sends_one_delivery_twice_though_it_was_accepted() {
    try (Receiver receiver = Receiver.answering(200)) {
      assertThat(to(receiver).idIn("X-Delivery").twice(EVENT))
          .extracting(Attempt::isAccepted)
          .containsExactly(true, true);
      assertThat(of(receiver, "X-Delivery")).containsExactly("d1", "d1");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sends_in_an_order_that_a_seed_stands_for(long seed) {
    List<Delivery> events =
        IntStream.range(0, 20).mapToObj(i -> Delivery.json("d" + i, "{}")).toList();
    List<String> ids = events.stream().map(Delivery::id).toList();
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender sender = to(receiver).idIn("X-Delivery");
      List<String> once = sender.inAnyOrder(events, seed).stream().map(Attempt::id).toList();
      List<String> again = sender.inAnyOrder(events, seed).stream().map(Attempt::id).toList();
      List<String> other = sender.inAnyOrder(events, seed + 1).stream().map(Attempt::id).toList();

      assertThat(once).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(once).as("seed %d", seed).isNotEqualTo(ids).isEqualTo(again).isNotEqualTo(other);
      List<String> all = new ArrayList<>(once);
      all.addAll(again);
      all.addAll(other);
      assertThat(of(receiver, "X-Delivery")).isEqualTo(all);
    }
  }

  @Test
  void uses_two_secrets_in_turn_while_they_are_rotated() {
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender sender = to(receiver);
      sender.deliver(EVENT);
      sender.rotating(NEW);
      sender.twice(EVENT);
      sender.twice(EVENT);
      sender.rotated();
      sender.twice(EVENT);
      sender.deliver(EVENT, Flaw.signedWith(OLD));

      assertThat(of(receiver, "X-Token"))
          .containsExactly(
              "n33dle-old",
              "n33dle-old",
              "n33dle-new",
              "n33dle-old",
              "n33dle-new",
              "n33dle-new",
              "n33dle-new",
              "n33dle-old");
    }
  }

  @Test
  void sends_odd_bytes_with_a_right_signature() throws Exception {
    String plain = "{\"a\":\"Größe\",\"b\":[1,2]}";

    assertThat(rewritten(plain))
        .isEqualTo("{\r\n\t\"b\" : [ 1, 2 ],\r\n\t\"a\" : \"Gr\\u00F6\\u00DFe\"\r\n}");
    assertThat(SigningCase.JSON.readTree(rewritten(plain)))
        .isEqualTo(SigningCase.JSON.readTree(plain));
    // HubSpot sends events in batches.
    assertThat(rewritten("[{\"a\":1},2]")).isEqualTo("[ {\r\n\t\"a\" : 1\r\n}, 2 ]");
  }

  private String rewritten(String body) throws Exception {
    SigningCase github = SigningCase.named("github");
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender.to(receiver.url("/"), github.signing(), github.ours(), time::now)
          .deliver(Delivery.json("d1", body).rewritten());

      Arrived arrived = receiver.last();
      assertThat(arrived.header("X-Hub-Signature-256"))
          .contains(github.whole().of(new SigningCase.Signed(true, "", arrived.body(), arrived)));
      return arrived.text();
    }
  }

  @Test
  void sends_bodies_that_do_harm() throws Exception {
    try (Receiver receiver = Receiver.answering(200)) {
      WebhookSender sender = to(receiver);

      sender.deliver(Delivery.huge("d1", 3_000_000));
      assertThat(receiver.last().body()).hasSize(3_000_000).containsOnly('1');

      sender.deliver(Delivery.deep("d2", 50_000));
      assertThat(receiver.last().text()).startsWith("{\"a\":{\"a\":").endsWith("}}}");
      assertThat(receiver.last().text().chars().filter(c -> c == '{').count()).isEqualTo(50_000);
      assertThat(receiver.last().text().chars().filter(c -> c == '}').count()).isEqualTo(50_000);

      sender.deliver(Delivery.bomb("d3", 20_000_001));
      Arrived bomb = receiver.last();
      assertThat(bomb.header("Content-Encoding")).contains("gzip");
      assertThat(bomb.body().length).isLessThan(50_000);
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bomb.body()))) {
        assertThat(in.readAllBytes()).hasSize(20_000_001);
      }

      sender.deliver(EVENT.type("text/html"));
      assertThat(receiver.last().header("Content-Type")).contains("text/html");
      assertThat(receiver.last().text()).isEqualTo("{\"id\":1}");
    }
  }

  @Test
  void outlives_an_endpoint_that_reads_no_further() {
    try (Receiver receiver = Receiver.answering(200).limit(1_000)) {
      Attempt attempt = to(receiver).deliver(Delivery.huge("d1", 64 << 20));

      // The refusal may be lost when the connection is closed over what was not read.
      assertThat(attempt.isAccepted()).isFalse();
      assertThat(receiver.last().body()).hasSize(1_000);
    }
  }

  @Test
  void waits_no_longer_than_it_is_told() {
    CountDownLatch over = new CountDownLatch(1);
    try (Receiver receiver = Receiver.answering(a -> when(over))) {
      long began = System.nanoTime();
      Attempt attempt = to(receiver).patience(Duration.ofMillis(100)).deliver(EVENT);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      over.countDown();

      // It would wait 10 s by itself.
      assertThat(took).isLessThan(Duration.ofSeconds(9));
      assertThat(attempt.answer()).isEmpty();
      assertThat(attempt.broken()).containsInstanceOf(InterruptedIOException.class);
    }
  }

  private static Reply when(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.status(200);
  }

  @Test
  void continues_when_nobody_listens() {
    Attempt attempt = to(Receiver.gone()).deliver(EVENT);

    assertThat(attempt.answer()).isEmpty();
    assertThat(attempt.broken()).containsInstanceOf(ConnectException.class);
    assertThat(to(Receiver.gone()).redeliver(EVENT, 2)).hasSize(2).noneMatch(Attempt::isAccepted);
  }

  @Test
  void finds_this_machine_by_its_name() {
    try (Receiver receiver = Receiver.answering(200)) {
      URI named = URI.create(receiver.url("/").toString().replace("127.0.0.1", "localhost"));

      assertThat(WebhookSender.to(named, TOKEN, OLD, time::now).deliver(EVENT).isAccepted())
          .isTrue();
    }
  }

  @Test
  void follows_no_redirect() {
    try (Receiver receiver = Receiver.answering(307)) {
      assertThat(to(receiver).deliver(EVENT).answer().orElseThrow().status()).isEqualTo(307);
      assertThat(receiver.arrived()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host.example/hook",
        "http://127.host.example/hook",
        "http://localhost.host.example/hook",
        "http://10.0.0.1/hook",
        "http://0.0.0.0/hook",
        "http://127.0.0.1@host.example/hook",
        "http://[2001:db8::1]/hook",
        "https://127.0.0.1/hook",
        "file:///hook",
        "hook?key=n33dle"
      })
  void posts_to_no_other_machine(String url) {
    assertThatThrownBy(() -> WebhookSender.to(URI.create(url), TOKEN, OLD, time::now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a webhook sender posts to this machine only")
        .hasMessageNotContaining("n33dle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9/h", "http://127.0.0.1:9/h?a=b", "http://[::1]:9/h"})
  void posts_to_this_machine(String url) {
    assertThat(WebhookSender.to(URI.create(url), TOKEN, OLD, time::now).attempts()).isEmpty();
  }
}
