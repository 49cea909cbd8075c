package dev.corpusync.testkit.hook;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Signing.Part;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The one thing that is wrong with how a delivery is signed: a receiver that takes it is wrong too.
 * A flaw that a receiver could not see under a scheme is refused when it is sent, since a check
 * with it would prove nothing. Immutable.
 *
 * @since 0.1
 */
public final class Flaw {
  /** Sends wrongly. */
  private interface Way {
    OutgoingPost of(Signing signing, Secret secret, OutgoingPost post);
  }

  private final String name;
  private final Optional<Part> part;
  private final Way way;

  private Flaw(String name, Optional<Part> part, Way way) {
    this.name = name;
    this.part = part;
    this.way = way;
  }

  /** No signature at all; a time stamp is there. */
  public static Flaw unsigned() {
    return of("unsigned", (signing, secret, post) -> signing.unsigned(post));
  }

  /** Signed with another secret; with the old one, after a rotation. */
  public static Flaw signedWith(Secret other) {
    return of("signed with another secret", (signing, secret, post) -> signing.signed(other, post));
  }

  /** The signature without so many of its last characters. */
  public static Flaw cutShort(int characters) {
    return of(
        "signature cut by " + characters,
        (signing, secret, post) -> signing.signed(secret, post, whole -> cut(whole, characters)));
  }

  /** The signature is right for the body as it was; what is sent means the same in other bytes. */
  public static Flaw rewritten() {
    return of(
        "rewritten after it was signed",
        Part.BODY,
        (signing, secret, post) -> {
          OutgoingPost right = signing.signed(secret, post);
          return right.body(Json.rewritten(right.body()));
        });
  }

  /** Signed, with a right signature, this long ago: a replay. */
  public static Flaw late(Duration by) {
    return of(
        "signed " + by + " ago",
        Part.TIME,
        (signing, secret, post) -> signing.signed(secret, post.sentAt(post.sentAt().minus(by))));
  }

  /** Signed, with a right signature, in the future. */
  public static Flaw early(Duration by) {
    return of(
        "signed in " + by,
        Part.TIME,
        (signing, secret, post) -> signing.signed(secret, post.sentAt(post.sentAt().plus(by))));
  }

  /** Signed for another receiver, who passes it on. */
  public static Flaw signedFor(URI another) {
    return of(
        "signed for another URL",
        Part.URL,
        (signing, secret, post) -> signing.signed(secret, post.url(another)));
  }

  /**
   * @throws IllegalArgumentException if nobody could see it
   */
  OutgoingPost in(Signing signing, Secret secret, OutgoingPost post) {
    OutgoingPost wrong = way.of(signing, secret, post);
    if (!part.map(signing::covers).orElse(true) || wrong.looksLike(signing.signed(secret, post))) {
      throw new IllegalArgumentException(
          "'" + this + "' cannot be seen under '" + signing + "': ask Signing.covers before");
    }
    return wrong;
  }

  @Override
  public String toString() {
    return name;
  }

  private static Flaw of(String name, Way way) {
    return new Flaw(name, Optional.empty(), way);
  }

  private static Flaw of(String name, Part part, Way way) {
    return new Flaw(name, Optional.of(part), way);
  }

  private static String cut(String whole, int characters) {
    return whole.substring(0, Math.max(0, whole.length() - characters));
  }
}
