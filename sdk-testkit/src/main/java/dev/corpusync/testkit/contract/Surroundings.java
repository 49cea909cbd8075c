package dev.corpusync.testkit.contract;

import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;

/**
 * What a machine is set to, and documents must not depend on. It is set for the whole process, for
 * as long as some work takes.
 */
record Surroundings(Locale language, TimeZone zone) {
  static Surroundings usual() {
    return new Surroundings(Locale.getDefault(), TimeZone.getDefault());
  }

  /** An i without a dot and a zone of odd minutes; digits of its own and the other side. */
  static List<Surroundings> others() {
    return List.of(
        new Surroundings(Locale.forLanguageTag("tr-TR"), TimeZone.getTimeZone("Asia/Kathmandu")),
        new Surroundings(
            Locale.forLanguageTag("ar-EG-u-nu-arab"), TimeZone.getTimeZone("Pacific/Kiritimati")));
  }

  <T> T in(Supplier<T> work) {
    Surroundings before = usual();
    set();
    try {
      return work.get();
    } finally {
      before.set();
    }
  }

  private void set() {
    Locale.setDefault(language);
    TimeZone.setDefault(zone);
  }

  @Override
  public String toString() {
    return "set to " + language.toLanguageTag() + " in " + zone.getID();
  }
}
