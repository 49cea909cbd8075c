package dev.corpusync.store;

import dev.corpusync.document.Ref;

/**
 * An ETag, saved with the record that its answer held, so that "not modified" always means "what is
 * stored".
 *
 * @param call a hash of the request
 * @since 0.1
 */
public record EntityTag(String call, String etag, Ref owner) {
  /**
   * Saved in place of an ETag where the last answer came without one that can be sent: the ETag of
   * an earlier answer would say "not modified" of what is no longer stored.
   */
  public static final String NONE = "";

  private static final int LONGEST = 1_000;

  /**
   * Whether a request can carry it: visible ASCII and spaces, not blank, not so long that a server
   * would refuse it. Another one is not kept, since the next request would be refused for it.
   */
  public static boolean isSendable(String etag) {
    return !etag.isBlank()
        && etag.length() <= LONGEST
        && etag.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
