package dev.corpusync.testkit.check;

import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.trial.Bench;
import java.util.List;
import java.util.stream.Collectors;

/** A check that failed, in words that a person can act on. */
final class CheckFailure extends AssertionError {
  private static final long serialVersionUID = 1L;
  private static final int TRACE = 12;

  private CheckFailure(String message, Throwable cause) {
    super(message, cause);
    // Where the kit made it says nothing; the cause says where it was seen.
    setStackTrace(new StackTraceElement[0]);
  }

  static CheckFailure of(Check check, String testName, Bench bench, Throwable seen) {
    List<Exchange> exchanges = bench.latest().map(t -> t.server().exchanges()).orElse(List.of());
    String injected =
        exchanges.stream()
            .filter(e -> !e.fault().isEmpty())
            .map(e -> "exchange " + e.number() + " " + e.fault())
            .collect(Collectors.joining(", "));
    String message =
        String.join(
            "\n",
            "[" + check.id() + "] " + check.rule(),
            "  injected: " + (injected.isEmpty() ? "nothing at an exchange" : injected),
            "  seen:     " + indented(seenOf(seen)),
            "  trace:    " + indented(trace(exchanges)),
            "  again:    mvn test -Dtest='"
                + testName
                + "' -Dcorpusync.partial=true -Dcorpusync.seed="
                + Bench.SEED,
            "  to do:    " + check.whenItFails(),
            "  why:      docs/checks.md#" + check.id().toLowerCase(java.util.Locale.ROOT));
    return new CheckFailure(message, seen);
  }

  private static String seenOf(Throwable seen) {
    if (seen instanceof AssertionError) {
      return String.valueOf(seen.getMessage()).strip();
    }
    return "the run ended with "
        + seen.getClass().getSimpleName()
        + (seen.getMessage() == null ? "" : ": " + seen.getMessage())
        + ", which is no typed error of a run";
  }

  private static String trace(List<Exchange> exchanges) {
    List<String> last =
        exchanges.stream()
            .skip(Math.max(0, exchanges.size() - TRACE))
            .map(Exchange::toString)
            .toList();
    return last.isEmpty() ? "no exchange" : String.join("\n", last);
  }

  private static String indented(String text) {
    return text.replace("\n", "\n            ");
  }
}
