package dev.corpusync.examples.demo.telling;

import java.io.PrintStream;

/** Says things, and refuses to go on when one of them is not so. */
public final class Teller {
  private static final String INDENT = "     ";
  private static final int WIDTH = 88;
  private final PrintStream out;

  public Teller(PrintStream out) {
    this.out = out;
  }

  /** A line, as {@link String#format}. */
  public void say(String line, Object... values) {
    out.println(line.formatted(values));
  }

  /** What somebody said, below a heading, in lines that can be read. */
  public void quote(String heading, String said) {
    out.println(heading);
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : said.split(" ")) {
      if (line.length() + word.length() > WIDTH && line.length() > INDENT.length()) {
        out.println(line.toString().stripTrailing());
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  /**
   * @param claim what should be so
   * @throws UntrueException when it is not
   */
  public void check(boolean so, String claim, Object... values) {
    if (!so) {
      throw new UntrueException(claim.formatted(values));
    }
  }
}
