package dev.corpusync.http;

import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Call;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;

/**
 * Reads the body of one answer, decompressed, up to a size limit, and refuses a compressed body
 * that grows out of proportion (a decompression bomb).
 */
final class BodyReader {
  private static final int ERROR_BODY = 64 << 10;

  /** The most memory that is allocated because a length was announced, or a body is compressed. */
  private static final int TRUSTED_LENGTH = 4 << 20;

  /** Repetitive JSON shrinks to a fiftieth; what shrinks to less was made to do so. */
  private static final long HIGHEST_RATIO = 200;

  private static final int FIRST_BUFFER = 64 << 10;
  private final Call call;
  private final Response response;
  private final okhttp3.Call exchange;
  private final HttpClients.Limits limits;
  private final Counting packed;
  private final BufferedSource source;
  private final boolean isPacked;

  /** Counts the bytes as received. */
  private static final class Counting extends ForwardingSource {
    private long count;

    Counting(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long most) throws IOException {
      long read = super.read(sink, most);
      count += Math.max(0, read);
      return read;
    }
  }

  private BodyReader(
      Call call, Response response, okhttp3.Call exchange, HttpClients.Limits limits, boolean zip) {
    this.call = call;
    this.response = response;
    this.exchange = exchange;
    this.limits = limits;
    isPacked = zip;
    packed = new Counting(response.body().source());
    source = zip ? Okio.buffer(new GzipSource(packed)) : response.body().source();
  }

  /**
   * Reads all of a good answer. Of a failure it reads the start only, since its status, its headers
   * and a few words are all that is used.
   */
  static byte[] read(Call call, Response response, okhttp3.Call exchange, HttpClients.Limits limits)
      throws IOException {
    Optional<String> encoding =
        Optional.ofNullable(response.header("Content-Encoding"))
            .map(e -> e.strip().toLowerCase(Locale.ROOT))
            .filter(e -> !e.isEmpty() && !e.equals("identity"));
    if (response.body().source().exhausted()) {
      // "Not modified" may speak of the encoding of what it does not send.
      return new byte[0];
    }
    boolean zip = encoding.filter(e -> e.equals("gzip") || e.equals("x-gzip")).isPresent();
    if (encoding.isPresent() && !zip && response.isSuccessful()) {
      throw new MalformedReplyException(
          call
              + " answered "
              + response.code()
              + " packed in a way that was not asked for: only gzip is. Look for a proxy in between");
    }
    BodyReader reader = new BodyReader(call, response, exchange, limits, zip);
    return response.isSuccessful() ? reader.whole() : reader.start();
  }

  /** Reads into one array: through a buffer, a page would be copied once more. */
  private byte[] whole() throws IOException {
    long announced = isPacked ? 0 : response.body().contentLength();
    byte[] body =
        new byte[announced > 0 && announced <= TRUSTED_LENGTH ? (int) announced : FIRST_BUFFER];
    int length = 0;
    while (!source.exhausted()) {
      if (length == body.length) {
        body = Arrays.copyOf(body, body.length * 2);
      }
      length += source.read(body, length, body.length - length);
      if (length > limits.body()) {
        throw stopped(
            "more than " + limits.bodyText() + ": reading stopped there. Ask for smaller pages");
      }
      if (isPacked && length > TRUSTED_LENGTH && length > HIGHEST_RATIO * packed.count) {
        throw stopped(
            "a body that unpacks to more than "
                + HIGHEST_RATIO
                + " times what was sent: reading stopped there. No honest page does that");
      }
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  private MalformedReplyException stopped(String why) {
    // Or closing would read on for a while, to save the connection.
    exchange.cancel();
    return new MalformedReplyException(call + " answered " + response.code() + " with " + why);
  }

  private byte[] start() throws IOException {
    if (source.request(ERROR_BODY + 1)) {
      exchange.cancel();
    }
    Buffer read = source.getBuffer();
    return read.readByteArray(Math.min(read.size(), ERROR_BODY));
  }
}
