package dev.corpusync.artifact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Parses ISO-8601 times with a zone, as {@link OffsetDateTime#parse(CharSequence)} does. The form
 * that nearly all APIs send, {@code 2024-05-17T09:30:00.123Z} or with {@code +02:00}, is read digit
 * by digit: the general parser took a tenth of a record's time and allocation.
 */
final class IsoTime {
  private static final int FRACTION = "2024-05-17T09:30:00".length();
  private static final int OFFSET = "+02:00".length();

  private IsoTime() {}

  /**
   * @throws DateTimeException when it is not a time with its zone
   */
  static Instant parse(String text) {
    int end = FRACTION;
    int nanos = 0;
    if (text.length() > end && text.charAt(end) == '.') {
      int digits = end + 1;
      end = digits;
      while (end < text.length() && end - digits < 9 && isDigit(text.charAt(end))) {
        end++;
      }
      nanos = number(text, digits, end) * power(9 - (end - digits));
    }
    return isUsual(text, end)
        ? Instant.ofEpochSecond(seconds(text) - offset(text, end), nanos)
        : OffsetDateTime.parse(text).toInstant();
  }

  private static boolean isUsual(String text, int end) {
    return text.length() > FRACTION
        && end != FRACTION + 1
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && number(text, 0, 4) >= 0
        && isWithin(text, 5, 1, 12)
        && isWithin(text, 8, 1, 31)
        && isWithin(text, 11, 0, 23)
        && isWithin(text, 14, 0, 59)
        && isWithin(text, 17, 0, 59)
        && isZone(text, end);
  }

  private static boolean isZone(String text, int at) {
    return text.length() == at + 1
        ? text.charAt(at) == 'Z'
        : text.length() == at + OFFSET
            && (text.charAt(at) == '+' || text.charAt(at) == '-')
            && text.charAt(at + 3) == ':'
            && isWithin(text, at + 1, 0, 17)
            && isWithin(text, at + 4, 0, 59);
  }

  private static long seconds(String text) {
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    return day.toEpochDay() * 86_400
        + number(text, 11, 13) * 3_600
        + number(text, 14, 16) * 60
        + number(text, 17, 19);
  }

  private static int offset(String text, int at) {
    if (text.charAt(at) == 'Z') {
      return 0;
    }
    int seconds = number(text, at + 1, at + 3) * 3_600 + number(text, at + 4, at + 6) * 60;
    return text.charAt(at) == '-' ? -seconds : seconds;
  }

  /** Two digits, from one number to another. */
  private static boolean isWithin(String text, int at, int least, int most) {
    int number = number(text, at, at + 2);
    return number >= least && number <= most;
  }

  /** Below 0 when there is anything but digits. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
