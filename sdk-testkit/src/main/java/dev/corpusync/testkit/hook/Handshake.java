package dev.corpusync.testkit.hook;

import dev.corpusync.testkit.hook.Attempt.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What an endpoint is to say back before a source sends anything there.
 *
 * @param types in which it may be said
 */
record Handshake(String text, List<String> types) {
  private static final String NAME = "challenge";

  /** What is wrong with the answer; empty if nothing is. */
  Optional<String> missing(Attempt attempt) {
    String what = attempt.id() + " of a new endpoint ";
    if (attempt.answer().isEmpty()) {
      return Optional.of(what + "was not answered: answer it at once");
    }
    Answer answer = attempt.answer().get();
    if (answer.status() != 200) {
      return Optional.of(what + "was answered with " + answer.status() + ": answer with 200");
    }
    String type = answer.contentType().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!types.contains(type)) {
      return Optional.of(what + "was answered as '" + type + "': answer as one of " + types);
    }
    return said(type, answer.body()).filter(text::equals).isPresent()
        ? Optional.empty()
        : Optional.of(what + "was answered with another text: send back the one that came");
  }

  private static Optional<String> said(String type, String body) {
    return switch (type) {
      case "application/json" -> inJson(body);
      case "application/x-www-form-urlencoded" -> inForm(body);
      default -> Optional.of(body);
    };
  }

  private static Optional<String> inJson(String body) {
    try {
      return Json.MAPPER.readTree(body).path(NAME).stringValueOpt();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> inForm(String body) {
    return body.startsWith(NAME + "=")
        ? Optional.of(URLDecoder.decode(body.substring(NAME.length() + 1), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
