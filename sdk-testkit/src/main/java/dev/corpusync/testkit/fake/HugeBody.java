package dev.corpusync.testkit.fake;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A body of any size that is never in memory. */
final class HugeBody implements MockResponseBody {
  private final long size;
  private final AtomicLong sent;

  /**
   * @param sent counts what was given to the network
   */
  HugeBody(long size, AtomicLong sent) {
    this.size = size;
    this.sent = sent;
  }

  @Override
  public long getContentLength() {
    return size;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] digits = new byte[64 << 10];
    Arrays.fill(digits, (byte) '1');
    for (long left = size; left > 0; left -= digits.length) {
      int now = (int) Math.min(left, digits.length);
      sink.write(digits, 0, now);
      sent.addAndGet(now);
    }
  }
}
