package dev.corpusync.cite;

import dev.corpusync.artifact.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A passage → a link that a person can open. Pure; called from any thread. */
@FunctionalInterface
public interface CitationResolver {
  /** The link, or empty when there is honestly none. Only http and https links are passed on. */
  Optional<URI> cite(Citation passage);

  /** Fills each {@code {}} with an argument, percent-encoded as one path segment. */
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

  /** The link that the record itself carries; empty when it has none that a browser can open. */
  static Optional<URI> given(Json record, String path) {
    return record.findText(path).flatMap(CitationResolver::web);
  }

  /** Whether a browser opens it as a page: http or https, with a host, and nobody's name in it. */
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
