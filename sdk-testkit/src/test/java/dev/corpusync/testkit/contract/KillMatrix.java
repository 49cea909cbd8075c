package dev.corpusync.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Which checks each mutant must fail, and what it fails. */
final class KillMatrix {
  /**
   * A line of {@code kill-matrix.csv}.
   *
   * @param primary the check that the mutant is there for; empty for what is right, if unusual
   * @param also what else it breaks
   */
  record Row(String mutant, Set<String> primary, Set<String> also) {
    Set<String> failed() {
      Set<String> all = new TreeSet<>(primary);
      all.addAll(also);
      return all;
    }

    /** The areas that have anything to say of it. */
    Set<String> areas() {
      Set<String> areas = new TreeSet<>();
      failed().forEach(id -> areas.add(area(id)));
      return areas;
    }
  }

  private KillMatrix() {}

  static String area(String check) {
    return check.substring(0, check.indexOf('-'));
  }

  /** By the mutant's name. */
  static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (var file = KillMatrix.class.getResourceAsStream("/kill-matrix.csv")) {
      if (file == null) {
        throw new IllegalStateException("there is no kill-matrix.csv");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .skip(1)
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> add(rows, line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static void add(Map<String, Row> rows, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != 3
        || rows.put(cells[0], new Row(cells[0], ids(cells[1]), ids(cells[2]))) != null) {
      throw new IllegalStateException("kill-matrix.csv: a line is wrong or there twice: " + line);
    }
  }

  private static Set<String> ids(String cell) {
    Set<String> ids = new TreeSet<>(Arrays.asList(cell.trim().split(" ")));
    ids.remove("");
    return ids;
  }

  /** The ids of some checks that a subject fails, with their messages. */
  static Map<String, String> failures(Supplier<Subject> subject, Predicate<String> ofCheck) {
    return failures(subject, ofCheck, Duration.ofSeconds(60));
  }

  /**
   * @param limit of one check, in real time
   */
  static Map<String, String> failures(
      Supplier<Subject> subject, Predicate<String> ofCheck, Duration limit) {
    Map<String, String> failed = new LinkedHashMap<>();
    // the same checks in every profile, or a row would be right in one of them only
    Bench bench = new Bench().within(limit).thorough(false);
    for (var make : Contract.AREAS) {
      for (Method method : Contract.methods(make.apply(bench).getClass())) {
        Check check = method.getAnnotation(Check.class);
        if (!ofCheck.test(check.id())) {
          continue;
        }
        Area area = make.apply(bench.on(subject));
        Judge.Outcome outcome =
            Judge.judge(check, "Subject#" + method.getName(), bench, () -> invoke(method, area));
        if (outcome instanceof Judge.Outcome.Failed why) {
          failed.put(check.id(), String.valueOf(why.why().getMessage()));
        }
      }
    }
    return failed;
  }

  private static void invoke(Method method, Area area) throws Throwable {
    try {
      method.setAccessible(true);
      method.invoke(area);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
