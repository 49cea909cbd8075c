package dev.corpusync.extract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RFC 8288 as far as paging needs it: the order of links and parameters does not matter, names
 * ignore case.
 */
final class LinkHeader {
  private static final Pattern LINK =
      Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^=;,\\s]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^;,\\s]*))?)*)");
  private static final Pattern REL =
      Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]*))");

  private LinkHeader() {}

  static Optional<String> find(List<String> headers, String relation) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        Matcher rel = REL.matcher(link.group(2));
        if (rel.find()) {
          String names = rel.group(1) != null ? rel.group(1) : rel.group(2);
          for (String name : names.trim().split("\\s+")) {
            if (name.equalsIgnoreCase(relation)) {
              return Optional.of(link.group(1));
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
