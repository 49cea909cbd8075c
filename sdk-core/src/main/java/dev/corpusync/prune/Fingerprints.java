package dev.corpusync.prune;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A set of ids, kept as sorted 64-bit hashes: 8 MB a million. A collision can only make an item
 * look present, so it can miss a deletion, never cause one. Used by the engine.
 *
 * @since 0.1
 */
public final class Fingerprints {
  private final long[] sorted;

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
    return ids.stream().mapToLong(Fingerprints::of).toArray();
  }

  public boolean contains(String id) {
    return Arrays.binarySearch(sorted, of(id)) >= 0;
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
   * The hash of one id, which is stored: FNV-1a, then the finaliser of MurmurHash3 for the high
   * bits.
   */
  public static long of(String id) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
