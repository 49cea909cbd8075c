package dev.corpusync.testkit.wire;

import java.util.Optional;

/**
 * The names of a delta's fields, as paths with slashes.
 *
 * @param next the address of the next page, or its token
 * @param delta on the last page, the address to start from the next time, or its token
 * @param expired the status that says that a link or a token is no longer known
 * @param parameters where tokens go, if the API issues tokens
 * @since 0.1
 */
public record DeltaLinks(
    String records, String next, String delta, int expired, Optional<Parameters> parameters) {
  /** The names of the parameters that take each token. */
  public record Parameters(String next, String delta) {}

  public DeltaLinks(String records, String next, String delta, int expired) {
    this(records, next, delta, expired, Optional.empty());
  }

  /** The same fields with tokens in them, which go into these parameters of the first address. */
  public DeltaLinks tokensIn(String next, String delta) {
    return new DeltaLinks(
        records, this.next, this.delta, expired, Optional.of(new Parameters(next, delta)));
  }
}
