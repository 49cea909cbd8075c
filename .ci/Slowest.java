import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints the slowest test classes of the last build and the time of each module, from the XML reports of Surefire.
 * Run it from the root of the project: {@code java .ci/Slowest.java [how many, 20 unless given]}.
 */
final class Slowest {
  private Slowest() {}

  private record Suite(String module, String type, double seconds) {}

  public static void main(String[] arguments) throws Exception {
    int many = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
    List<Suite> suites;
    try (Stream<Path> modules = Stream.concat(folders(Path.of(".")), folders(Path.of("examples")))) {
      suites = modules.flatMap(Slowest::suites).toList();
    }
    if (suites.isEmpty()) {
      System.out.println("No test reports: nothing was run.");
      return;
    }
    Map<String, Double> modules = sums(suites, Suite::module);
    System.out.println("Seconds in test classes, by module (classes run two at a time):");
    modules.forEach((module, seconds) -> System.out.printf("%8.1f  %s%n", seconds, module));
    System.out.println("The slowest " + many + " test classes:");
    sums(suites, Suite::type).entrySet().stream()
        .limit(many)
        .forEach(type -> System.out.printf("%8.1f  %s%n", type.getValue(), type.getKey()));
  }

  private static Stream<Path> folders(Path parent) throws IOException {
    return Files.list(parent).filter(folder -> Files.isDirectory(folder.resolve("target/surefire-reports")));
  }

  private static Stream<Suite> suites(Path module) {
    try (Stream<Path> reports = Files.list(module.resolve("target/surefire-reports"))) {
      return reports
          .filter(report -> report.getFileName().toString().matches("TEST-.*\\.xml"))
          .map(report -> suite(module, report))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException("the test reports of " + module + " cannot be read", e);
    }
  }

  private static Suite suite(Path module, Path report) {
    try {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
      // A nested class counts as part of the class around it.
      String type = root.getAttribute("name").replaceAll("\\$.*", "");
      double seconds = Double.parseDouble(root.getAttribute("time").replace(",", ""));
      return new Suite(module.normalize().toString(), type, seconds);
    } catch (Exception e) {
      throw new IllegalStateException(report + " cannot be read", e);
    }
  }

  private static Map<String, Double> sums(List<Suite> suites, java.util.function.Function<Suite, String> by) {
    Map<String, Double> sums = suites.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingDouble(Suite::seconds)));
    Map<String, Double> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(sum -> sorted.put(sum.getKey(), sum.getValue()));
    return sorted;
  }
}
