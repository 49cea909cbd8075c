package dev.corpusync.cite;

import dev.corpusync.artifact.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Returns the link of a passage, which a person can open. Pure, without requests; called by any
 * thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CitationResolver {
  /** Returns the link; empty when there is none. Only http and https links are shown. */
  Optional<URI> cite(Citation passage);

  /**
   * Returns a link made of a template: each {@code {}} is replaced by an argument, percent-encoded
   * as one segment.
   */
  static Optional<URI> link(String template, Object... segments) {
    String link = template;
    for (Object segment : segments) {
      String encoded =
          URLEncoder.encode(segment.toString(), StandardCharsets.UTF_8).replace("+", "%20");
      int at = link.indexOf("{}");
      if (at < 0) {
        throw new IllegalArgumentException(
            "the template takes fewer arguments than " + segments.length);
      }
      link = link.substring(0, at) + encoded + link.substring(at + 2);
    }
    return web(link);
  }

  /**
   * Returns the link in a field of the record; empty when there is none that a browser can open.
   */
  static Optional<URI> given(Json record, String path) {
    return record.findText(path).flatMap(CitationResolver::web);
  }

  /** Whether a browser opens a link as a page: http or https, with a host, without a user name. */
  static boolean opens(URI link) {
    return ("https".equals(link.getScheme()) || "http".equals(link.getScheme()))
        && link.getHost() != null
        && link.getUserInfo() == null;
  }

  private static Optional<URI> web(String link) {
    try {
      return Optional.of(URI.create(link)).filter(CitationResolver::opens);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
