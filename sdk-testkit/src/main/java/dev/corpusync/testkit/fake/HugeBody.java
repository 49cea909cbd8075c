package dev.corpusync.testkit.fake;

import java.io.IOException;
import java.util.Arrays;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A body of any size that is never in memory. */
final class HugeBody implements MockResponseBody {
  private final long size;

  HugeBody(long size) {
    this.size = size;
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
      sink.write(digits, 0, (int) Math.min(left, digits.length));
    }
  }
}
