package dev.corpusync.testkit.mutant;

import dev.corpusync.testkit.check.Area;
import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.check.CheckRunner;
import dev.corpusync.testkit.check.LeakChecks;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.trial.Bench;
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
public final class KillMatrix {
  private static final Set<String> OF_ALL = Set.of("FIX", "PAGE", "INC");
  private static final Set<String> WATCHED = Areas.idsOf(LeakChecks.class);

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

    /**
     * Whether a check is shown to the mutant.
     *
     * @param which those of the row, those of its areas, or the whole contract
     */
    boolean isShown(String check, String which) {
      return switch (which) {
        case "whole" -> true;
        case "area" -> areas().isEmpty() || areas().contains(area(check));
        case "row" -> {
          if (areas().isEmpty()) {
            yield OF_ALL.contains(area(check));
          }
          // What is seen around all checks shows only when others have run.
          boolean around = failed().stream().anyMatch(WATCHED::contains);
          yield around ? areas().contains(area(check)) : failed().contains(check);
        }
        default -> throw new IllegalArgumentException("corpusync.matrix is row, area or whole");
      };
    }
  }

  private KillMatrix() {}

  public static String area(String check) {
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
  public static Map<String, String> failures(Supplier<Subject> subject, Predicate<String> ofCheck) {
    return failures(subject, ofCheck, Duration.ofSeconds(60));
  }

  /**
   * @param limit of one check, in real time
   */
  public static Map<String, String> failures(
      Supplier<Subject> subject, Predicate<String> ofCheck, Duration limit) {
    return failures(subject, ofCheck, limit, Set.of());
  }

  /**
   * @param emptied checks that are judged with nothing in them
   */
  public static Map<String, String> failures(
      Supplier<Subject> subject, Predicate<String> ofCheck, Duration limit, Set<String> emptied) {
    Map<String, String> failed = new LinkedHashMap<>();
    // the same checks in every profile, or a row would be right in one of them only
    Bench bench = new Bench().within(limit).profile(Profile.PROOF);
    for (var make : Areas.AREAS) {
      for (Method method : Areas.methods(make.apply(bench).getClass())) {
        Check check = method.getAnnotation(Check.class);
        if (!ofCheck.test(check.id())) {
          continue;
        }
        Area area = make.apply(bench.on(subject));
        CheckRunner.Body body =
            emptied.contains(check.id()) ? () -> {} : () -> invoke(method, area);
        CheckRunner.Outcome outcome =
            CheckRunner.judge(check, "Subject#" + method.getName(), bench, body);
        if (outcome instanceof CheckRunner.Outcome.Failed why) {
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
