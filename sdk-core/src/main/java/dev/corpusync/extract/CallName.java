package dev.corpusync.extract;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How messages and logs name a call: by its path as the author wrote it, with {@code {}} in the
 * place of arguments, which may be private ids (P6). Segments that do not look like words of an API
 * are left out, since an author may have put an id together with a path; links are not quoted.
 */
record CallName(String text) {
  /** Of a link that no listing is known for. */
  static final CallName LINK = new CallName("(a link)");

  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_$.~-]{1,40}|v?[0-9]{1,2}(\\.[0-9]{1,2})?");

  static CallName of(String path) {
    String withoutQuery = path.split("[?#]", 2)[0].replaceFirst("^/", "");
    String shown =
        Arrays.stream(withoutQuery.split("/", -1))
            .map(segment -> isShown(segment) ? segment : "…")
            .collect(Collectors.joining("/"));
    return new CallName("/" + shown);
  }

  private static boolean isShown(String segment) {
    return segment.isEmpty()
        || Arrays.stream(segment.split("\\{}", -1))
            .allMatch(part -> part.isEmpty() || WORD.matcher(part).matches());
  }

  /** The name of a link that belongs to a listing which began with the call of this name. */
  CallName ofLink() {
    return text.endsWith(LINK.text) ? this : new CallName(text + " " + LINK.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
