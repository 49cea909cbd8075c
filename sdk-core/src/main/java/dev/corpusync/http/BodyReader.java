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
 * Reads the body of one answer, unpacked, and not much further than it may: neither beyond the cap
 * nor, when it is packed, beyond what honest packing explains.
 */
final class BodyReader {
  private static final int ERROR_BODY = 64 << 10;

  /** Nobody gets more memory than this by announcing a length, or by packing well. */
  private static final int MOST_TRUSTED = 4 << 20;

  /** JSON that repeats itself shrinks to a fiftieth; what shrinks to less was made to do so. */
  private static final long MOST_UNPACKED = 200;

  private static final int ROOM = 64 << 10;
  private final Call call;
  private final Response response;
  private final okhttp3.Call exchange;
  private final HttpClients.Limits limits;
  private final Counting packed;
  private final BufferedSource source;
  private final boolean isPacked;

  /** What came over the exchange. */
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
   * All of a good answer; of a failure the start, since only the status, the headers and a few
   * words count, however long it is.
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

  /** Straight into one array: collected in a buffer first, a page would be copied once more. */
  private byte[] whole() throws IOException {
    long announced = isPacked ? 0 : response.body().contentLength();
    byte[] body = new byte[announced > 0 && announced <= MOST_TRUSTED ? (int) announced : ROOM];
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
      if (isPacked && length > MOST_TRUSTED && length > MOST_UNPACKED * packed.count) {
        throw stopped(
            "a body that unpacks to more than "
                + MOST_UNPACKED
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
