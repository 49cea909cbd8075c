package dev.corpusync.extract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * RFC 8288 as far as paging needs it: the order of links and parameters does not matter, names
 * ignore case.
 */
final class LinkHeader {
  private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;,\\s]+)(?:\\s*=\\s*(?:" + QUOTED + "|([^;,\\s]*)))?\\s*");
  private static final Pattern LINK =
      Pattern.compile("<([^>]*)>\\s*((?:" + PARAMETER.pattern() + ")*)");

  private LinkHeader() {}

  static Optional<String> find(List<String> headers, String relation) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (relations(link.group(2)).anyMatch(relation::equalsIgnoreCase)) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /** Only the first {@code rel} of a link counts. */
  private static Stream<String> relations(String parameters) {
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      if (parameter.group(1).equalsIgnoreCase("rel")) {
        String names = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
        return names == null ? Stream.empty() : Stream.of(names.trim().split("\\s+"));
      }
    }
    return Stream.empty();
  }
}
