package dev.corpusync.connection;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of this SDK: the one that a connector needs, or the one that runs. A closed value.
 *
 * @since 0.1
 */
public record SdkVersion(int major, int minor, int patch) implements Comparable<SdkVersion> {
  /** The version of this SDK. */
  public static final SdkVersion CURRENT = new SdkVersion(0, 1, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

  /** Parses {@code 1.4} or {@code 1.4.2}. */
  public static SdkVersion of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("a version looks like 1.4 or 1.4.2");
    }
    String patch = form.group(3);
    return new SdkVersion(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        patch == null ? 0 : Integer.parseInt(patch));
  }

  /**
   * Whether this version runs a connector that needs another one: a newer one of the same major
   * version does. Before 1.0 each minor version may break.
   */
  public boolean runs(SdkVersion needed) {
    return major == needed.major && (major > 0 || minor == needed.minor) && compareTo(needed) >= 0;
  }

  @Override
  public int compareTo(SdkVersion other) {
    return Comparator.comparingInt(SdkVersion::major)
        .thenComparingInt(SdkVersion::minor)
        .thenComparingInt(SdkVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
