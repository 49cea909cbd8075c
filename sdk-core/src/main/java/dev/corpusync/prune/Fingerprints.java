package dev.corpusync.prune;

import dev.corpusync.document.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A set of ids, kept as sorted 64-bit hashes: 8 MB a million. A collision can only make an item
 * look present, so it can miss a deletion, never cause one. Used by the engine; not for use by two
 * threads.
 *
 * @since 0.1
 */
public final class Fingerprints {
  private final long[] sorted;
  private final MessageDigest digest = Hash.sha256();

  private Fingerprints(long[] sorted) {
    this.sorted = sorted;
  }

  /** The ids of several pages together. */
  public static Fingerprints of(List<long[]> pages) {
    long[] all = new long[pages.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (long[] page : pages) {
      System.arraycopy(page, 0, all, at, page.length);
      at += page.length;
    }
    Arrays.sort(all);
    return new Fingerprints(all);
  }

  /** The hashes of the ids of one page. */
  public static long[] ofAll(Collection<String> ids) {
    MessageDigest digest = Hash.sha256();
    return ids.stream().mapToLong(id -> of(id, digest)).toArray();
  }

  public boolean contains(String id) {
    return Arrays.binarySearch(sorted, of(id, digest)) >= 0;
  }

  public int size() {
    return sorted.length;
  }

  /** Writes ids as text, to keep them until the next listing. */
  public static String encode(Collection<String> ids) {
    StringBuilder text = new StringBuilder();
    ids.stream()
        .mapToLong(Fingerprints::of)
        .sorted()
        .forEach(h -> text.append(text.isEmpty() ? "" : " ").append(Long.toHexString(h)));
    return text.toString();
  }

  /** Reads what {@link #encode} wrote. */
  public static Fingerprints decode(String text) {
    return new Fingerprints(
        text.isEmpty()
            ? new long[0]
            : Arrays.stream(text.split(" "))
                .mapToLong(h -> Long.parseUnsignedLong(h.toLowerCase(Locale.ROOT), 16))
                .sorted()
                .toArray());
  }

  /**
   * The hash of one id, which is stored: 64 bits of SHA-256, so that nobody can choose an id that
   * hides the absence of another one.
   */
  public static long of(String id) {
    return of(id, Hash.sha256());
  }

  private static long of(String id, MessageDigest digest) {
    return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
