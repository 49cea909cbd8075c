package dev.corpusync.testkit.profile;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much the contracts of this testkit do, in ascending order. Every profile runs every check;
 * they differ in how many crash points, seeds and records a check tries.
 *
 * @since 0.1
 */
public enum Profile {
  /**
   * Samples long sweeps: for a quick answer while something is developed. It proves less, so a
   * report of it has no badge.
   */
  QUICK,
  /** Runs each contract whole. What is used unless the property says another; earns the badge. */
  PROOF,
  /** Runs all combinations, long random sequences and large sizes; takes hours. */
  LONG;

  /** The system property that chooses: {@code quick}, {@code proof} or {@code long}. */
  public static final String PROPERTY = "corpusync.profile";

  /**
   * Returns the profile that the system property {@link #PROPERTY} names.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static Profile current() {
    return named(System.getProperty(PROPERTY, ""));
  }

  static Profile named(String name) {
    if (name.isBlank()) {
      return PROOF;
    }
    return Arrays.stream(values())
        .filter(p -> p.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    PROPERTY
                        + " is '"
                        + name
                        + "'; it must be one of "
                        + Arrays.stream(values())
                            .map(Profile::toString)
                            .collect(Collectors.joining(", "))));
  }

  /** Returns the amount that belongs to this profile. */
  public int choose(int quick, int proof, int exhaustive) {
    return switch (this) {
      case QUICK -> quick;
      case PROOF -> proof;
      case LONG -> exhaustive;
    };
  }

  /** Returns the value of the system property that chooses this profile. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
