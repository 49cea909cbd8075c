package dev.corpusync.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes behind addresses that expire, over a socket: what a client of an object store meets. */
class ContentRouteTest {
  private static final String SECRET = "s3cret";
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Records FILES =
      Records.of("file", f -> JsonTree.object("id", f.id(), "name", f.title())).neverHidden();
  private final Wire wire =
      Wire.bearer()
          .list("/files", FILES, Pages.cursor("cursor", "next").in("data"))
          .content(
              FILES,
              file -> "/files/" + file.id() + "/content",
              ContentLinks.at("/signed", LIFE).of("text/plain").onAnotherHost());
  private final World world = new World(7, wire.types(), 10);
  private final Quirks quirks = new Quirks(3);
  private final FakeServer server = FakeServer.serving(wire.serve(world, quirks, SECRET));
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thing file = world.visible("file").get(0);

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> get(URI address, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** What the API leads to. */
  private URI signed() throws IOException, InterruptedException {
    HttpResponse<byte[]> lead =
        get(
            URI.create(server.url() + "/files/" + file.id() + "/content"),
            "Authorization",
            "Bearer " + SECRET);
    assertThat(lead.statusCode()).isEqualTo(302);
    return URI.create(lead.headers().firstValue("location").orElseThrow());
  }

  @Test
  void only_who_has_the_secret_is_led_to_the_bytes_and_every_client_with_the_address_gets_them()
      throws Exception {
    URI own = URI.create(server.url() + "/files/" + file.id() + "/content");
    assertThat(get(own).statusCode()).isEqualTo(401);
    HttpResponse<byte[]> bytes = get(signed());
    assertThat(bytes.statusCode()).isEqualTo(200);
    assertThat(bytes.body()).isEqualTo(file.content());
    assertThat(new String(bytes.body(), StandardCharsets.UTF_8)).startsWith(file.title());
    assertThat(bytes.headers().firstValue("content-type")).contains("text/plain");
    assertThat(signed().getHost()).as("another host than the API's").isEqualTo("localhost");
    assertThat(server.unmatched()).isEmpty();
  }

  @Test
  void an_address_expires_and_cannot_be_made_up() throws Exception {
    URI address = signed();
    world.pass(LIFE);
    assertThat(get(address).statusCode()).isEqualTo(200);
    world.pass(Duration.ofSeconds(1));
    assertThat(get(address).statusCode()).isEqualTo(403);
    assertThat(get(signed()).statusCode()).as("a new one").isEqualTo(200);
    String fresh = signed().toString();
    for (String wrong :
        new String[] {
          fresh.replaceFirst("expires=\\d+", "expires=99999999999"),
          fresh.replaceFirst("signature=", "signature=0"),
          fresh.replaceFirst("[?].*", ""),
          fresh.replaceFirst("/\\d+[?]", "/" + world.visible("file").get(1).number() + "?")
        }) {
      assertThat(get(URI.create(wrong)).statusCode()).as(wrong).isEqualTo(403);
    }
  }

  @Test
  void the_secret_is_not_wanted_where_the_address_is_enough() throws Exception {
    assertThat(get(signed(), "Authorization", "Bearer " + SECRET).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"0-0,0,1", "0-99,0,100", "100-,100,-1", "-17,-17,-1", "2000-999999,2000,-1"})
  void a_range_is_that_part_of_the_whole(String range, int from, int to) throws Exception {
    byte[] all = file.content();
    int begin = from < 0 ? all.length + from : from;
    byte[] part = Arrays.copyOfRange(all, begin, to < 0 ? all.length : to);

    HttpResponse<byte[]> some = get(signed(), "Range", "bytes=" + range);

    assertThat(some.statusCode()).isEqualTo(206);
    assertThat(some.body()).isEqualTo(part);
    assertThat(some.headers().firstValue("content-range"))
        .contains("bytes " + begin + "-" + (begin + part.length - 1) + "/" + all.length);
  }

  @Test
  void parts_make_up_the_whole() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int from = 0; from < file.content().length; from += 700) {
      all.write(get(signed(), "Range", "bytes=" + from + "-" + (from + 699)).body());
    }
    assertThat(all.toByteArray()).isEqualTo(file.content());
  }

  @Test
  void a_range_after_the_end_says_how_long_it_is() throws Exception {
    HttpResponse<byte[]> none = get(signed(), "Range", "bytes=1000000-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("content-range"))
        .contains("bytes */" + file.content().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "lines=1-2", "bytes=1-2,4-5", "bytes=x-y"})
  void a_range_that_it_does_not_know_is_as_none(String range) throws Exception {
    assertThat(get(signed(), "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void what_has_changed_meanwhile_comes_whole() throws Exception {
    String before = get(signed()).headers().firstValue("etag").orElseThrow();
    assertThat(get(signed(), "If-None-Match", before).statusCode()).isEqualTo(304);
    assertThat(get(signed(), "Range", "bytes=5-", "If-Range", before).statusCode()).isEqualTo(206);
    world.edit(file);
    assertThat(get(signed(), "If-None-Match", before).body()).isEqualTo(file.content());
    HttpResponse<byte[]> whole = get(signed(), "Range", "bytes=5-", "If-Range", before);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(file.content());
  }

  @Test
  void some_sources_know_no_ranges() throws Exception {
    quirks.ignoresRanges();
    assertThat(get(signed(), "Range", "bytes=0-9").body()).isEqualTo(file.content());
  }

  @Test
  void what_is_deleted_has_no_bytes() throws Exception {
    URI address = signed();
    world.remove(file);
    assertThat(get(address).statusCode()).isEqualTo(404);
  }
}
