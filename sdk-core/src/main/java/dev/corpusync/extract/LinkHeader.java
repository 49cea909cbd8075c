package dev.corpusync.extract;

import dev.corpusync.error.MalformedReplyException;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * RFC 8288 as far as paging needs it: the order of links and parameters does not matter, names
 * ignore case. Reads each character a bounded number of times and without recursion, as a server
 * may send anything.
 */
final class LinkHeader {
  /** Servers and proxies refuse headers of a tenth of this. */
  static final int LONGEST = 64 << 10;

  static final int MOST_LINKS = 1_000;
  private static final String ENDS_OF_TOKEN = ";,";

  private final String text;
  private final String relation;
  private int at;
  private boolean quotesClose = true;

  private LinkHeader(String text, String relation) {
    this.text = text;
    this.relation = relation;
  }

  /**
   * Returns the target of the first link with a relation.
   *
   * @throws MalformedReplyException when the headers are too long to be read: an unread link to the
   *     next page would look like the end of a listing (P3)
   */
  static Optional<String> find(String call, List<String> headers, String relation) {
    if (headers.stream().mapToLong(String::length).sum() > LONGEST) {
      throw tooLong(call);
    }
    int left = MOST_LINKS;
    for (String header : headers) {
      LinkHeader links = new LinkHeader(header, relation);
      while (links.toNext()) {
        if (--left < 0) {
          throw tooLong(call);
        }
        String target = links.target();
        if (links.hasRelation()) {
          return Optional.of(target);
        }
      }
    }
    return Optional.empty();
  }

  private static MalformedReplyException tooLong(String call) {
    return new MalformedReplyException(
        call
            + " answered with Link headers of more than "
            + (LONGEST >> 10)
            + " kB or "
            + MOST_LINKS
            + " links: they are not read, and whether a page follows is not known");
  }

  /** Goes to the start of the next link; false when there is none. */
  private boolean toNext() {
    int open = text.indexOf('<', at);
    boolean found = open >= 0 && text.indexOf('>', open) >= 0;
    at = found ? open : text.length();
    return found;
  }

  private String target() {
    int close = text.indexOf('>', at);
    String target = text.substring(at + 1, close);
    at = close + 1;
    return target;
  }

  /** Reads the parameters of a link, of which only the first {@code rel} counts. */
  private boolean hasRelation() {
    Optional<String> relations = Optional.empty();
    skipBlanks();
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      skipBlanks();
      String name = token("=" + ENDS_OF_TOKEN);
      skipBlanks();
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        skipBlanks();
        value = value();
        skipBlanks();
      }
      if (relations.isEmpty() && name.equalsIgnoreCase("rel")) {
        relations = Optional.of(value);
      }
    }
    return relations.filter(this::names).isPresent();
  }

  private boolean names(String relations) {
    StringTokenizer each = new StringTokenizer(relations);
    while (each.hasMoreTokens()) {
      if (each.nextToken().equalsIgnoreCase(relation)) {
        return true;
      }
    }
    return false;
  }

  private String value() {
    int end = at < text.length() && text.charAt(at) == '"' ? closingQuote() : -1;
    if (end < 0) {
      return token(ENDS_OF_TOKEN);
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  /** Returns where a quoted value ends; -1 when nothing closes it, which is looked for once. */
  private int closingQuote() {
    for (int i = at + 1; quotesClose && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i;
      }
      i += c == '\\' ? 1 : 0;
    }
    quotesClose = false;
    return -1;
  }

  private String token(String ends) {
    int from = at;
    while (at < text.length()
        && ends.indexOf(text.charAt(at)) < 0
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
