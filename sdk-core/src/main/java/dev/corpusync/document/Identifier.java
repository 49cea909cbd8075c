package dev.corpusync.document;

import dev.corpusync.error.InvalidIdentifierException;
import java.util.List;

/**
 * The rule for text that identifies something. It is kept to the letter, or refused where it
 * enters, before anything is compared, hashed or stored: two different texts never become one. The
 * limits hold for every store. Pure functions.
 *
 * <p>Refused are blank text, U+0000, half a surrogate pair, and more bytes in UTF-8 than a limit.
 * Nothing is stripped, folded or normalised.
 *
 * @since 0.1
 */
public final class Identifier {
  /**
   * The most bytes in UTF-8 of the id of a record, the key of a chunk, or the id of a principal. An
   * id that is unique in its container only is counted with that of its container.
   */
  public static final int LONGEST_ID = 1_024;

  /**
   * The most bytes in UTF-8 of a name that a host chooses: a tenant, a connection, a subscriber,
   * the field of a secret.
   */
  public static final int LONGEST_NAME = 160;

  private Identifier() {}

  /**
   * Returns an id that a source gave.
   *
   * @param what it identifies, for the message: {@code "a ticket"}
   * @throws InvalidIdentifierException when it can identify nothing
   */
  public static String id(String what, String text) {
    return valid(what, text, LONGEST_ID);
  }

  /**
   * Returns a name that a host chose.
   *
   * @param what it identifies, for the message: {@code "a tenant"}
   * @throws InvalidIdentifierException when it can identify nothing
   */
  public static String name(String what, String text) {
    return valid(what, text, LONGEST_NAME);
  }

  /** Returns whether a text can be the id of something stored. */
  public static boolean isId(String text) {
    return isValid(text, LONGEST_ID);
  }

  /** Returns a hash that stands for a text that is refused; never that of another text. */
  public static String fingerprint(String refused) {
    return "refused-" + Hash.of(List.of(refused)).substring(0, 32);
  }

  /** As it is, whatever its length: what is stored may be older than the limit. */
  static String storable(String what, String text) {
    return valid(what, text, Integer.MAX_VALUE);
  }

  /** Returns whether something older than the limits may be stored under a text. */
  public static boolean isStorable(String text) {
    return isText(text) && !text.isBlank();
  }

  private static String valid(String what, String text, int most) {
    if (isValid(text, most)) {
      return text;
    }
    if (text.isBlank()) {
      throw new InvalidIdentifierException(what + " needs an id, this one is blank");
    }
    throw new InvalidIdentifierException(
        isText(text)
            ? "the id of "
                + what
                + " has "
                + bytes(text)
                + " bytes in UTF-8: at most "
                + most
                + " can be stored"
            : "the id of "
                + what
                + " holds U+0000 or half a surrogate pair, which cannot be stored");
  }

  private static boolean isValid(String text, int most) {
    return isStorable(text)
        // no char has more than three bytes
        && (text.length() <= most / 3 || bytes(text) <= most);
  }

  private static boolean isText(String text) {
    return StorableText.of(text).equals(text);
  }

  private static long bytes(String text) {
    return text.codePoints()
        .mapToLong(
            c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4)
        .sum();
  }
}
