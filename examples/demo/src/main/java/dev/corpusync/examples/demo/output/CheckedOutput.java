package dev.corpusync.examples.demo.output;

import java.io.PrintStream;

/** Prints statements and checks them: a false one ends the demo. */
public final class CheckedOutput {
  private static final String INDENT = "     ";
  private static final int WIDTH = 88;
  private final PrintStream out;

  public CheckedOutput(PrintStream out) {
    this.out = out;
  }

  /** Prints a line, formatted like {@link String#format}. */
  public void say(String line, Object... values) {
    out.println(line.formatted(values));
  }

  /** Prints a message below a heading, in short lines. */
  public void quote(String heading, String text) {
    out.println(heading);
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ")) {
      if (line.length() + word.length() > WIDTH && line.length() > INDENT.length()) {
        out.println(line.toString().stripTrailing());
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  /**
   * Checks a claim.
   *
   * @throws FailedClaimException when it does not hold
   */
  public void check(boolean holds, String claim, Object... values) {
    if (!holds) {
      throw new FailedClaimException(claim.formatted(values));
    }
  }
}
