package dev.corpusync.testkit.probe;

import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;

/**
 * What a machine is set to, and documents must not depend on. It is set for the whole process, for
 * as long as some work takes.
 */
public record JvmDefaults(Locale language, TimeZone zone) {
  public static JvmDefaults usual() {
    return new JvmDefaults(Locale.getDefault(), TimeZone.getDefault());
  }

  /** An i without a dot and a zone of odd minutes; digits of its own and the other side. */
  public static List<JvmDefaults> others() {
    return List.of(
        new JvmDefaults(Locale.forLanguageTag("tr-TR"), TimeZone.getTimeZone("Asia/Kathmandu")),
        new JvmDefaults(
            Locale.forLanguageTag("ar-EG-u-nu-arab"), TimeZone.getTimeZone("Pacific/Kiritimati")));
  }

  public <T> T in(Supplier<T> work) {
    JvmDefaults before = usual();
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
