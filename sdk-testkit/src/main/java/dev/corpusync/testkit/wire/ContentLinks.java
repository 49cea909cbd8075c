package dev.corpusync.testkit.wire;

import java.time.Duration;

/**
 * Where the bytes of a file come from: each address of the API leads on to one that is signed, and
 * serves every client that has it, for a while.
 *
 * @param path what signed addresses begin with
 * @param life how long one is good for, by the source's clock
 * @param type the content's type
 * @param elsewhere whether it is on another host than the API, as that of an object store
 * @since 0.1
 */
public record ContentLinks(String path, Duration life, String type, boolean elsewhere) {
  public static ContentLinks at(String path, Duration life) {
    return new ContentLinks(path, life, "application/octet-stream", false);
  }

  public ContentLinks of(String type) {
    return new ContentLinks(path, life, type, elsewhere);
  }

  /** On {@code localhost}, where the API is on a number: another origin, and still loopback. */
  public ContentLinks onAnotherHost() {
    return new ContentLinks(path, life, type, true);
  }
}
