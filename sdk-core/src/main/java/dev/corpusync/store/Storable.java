package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.document.StorableText;
import dev.corpusync.sync.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Values in the form that every backend can keep, so that all of them give the same answers. Each
 * backend applies it to what it is given, keys to look up included. Pure functions.
 *
 * @since 0.1
 */
public final class Storable {
  /**
   * By code point, which is the order of UTF-8 bytes; {@link String#compareTo} puts emoji before
   * some of the other letters.
   */
  public static final Comparator<String> TEXT_ORDER = Storable::compareCodePoints;

  /** By kind, then id. */
  public static final Comparator<Ref> REF_ORDER =
      Comparator.comparing(Ref::kind).thenComparing(Ref::id, TEXT_ORDER);

  private Storable() {}

  /** As a {@link StorableText}. */
  public static String text(String text) {
    return StorableText.of(text);
  }

  public static Ref ref(Ref ref) {
    String id = text(ref.id());
    return id.equals(ref.id()) ? ref : new Ref(ref.kind(), id);
  }

  public static ConnectionKey key(ConnectionKey key) {
    return new ConnectionKey(text(key.tenant()), text(key.id()));
  }

  public static Scope scope(Scope scope) {
    return new Scope(scope.stream(), scope.partition().map(Storable::ref));
  }

  /** To the microsecond, rounded down. */
  public static Instant time(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static int compareCodePoints(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean wideX = Character.isSurrogate(x);
        return wideX == Character.isSurrogate(y) ? Character.compare(x, y) : wideX ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
