package dev.corpusync.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that never failed proves nothing: here each meets a class that breaks it. */
class LayersBiteTest {
  private static final Pattern PLACE =
      Pattern.compile("package ([\\w.]+);.*?(?:class|interface|record) (\\w+)", Pattern.DOTALL);
  private static final String OKHTTP = "okhttp3.OkHttpClient x;";

  @TempDir Path folder;

  /** For each rule, sources that break it. */
  static Map<String, List<List<String>>> planted() {
    Map<String, List<List<String>>> plants = new LinkedHashMap<>();
    plants.put(
        "no cycles",
        List.of(
            List.of(
                in("cite", "class A { dev.corpusync.prune.B x; }"),
                in("prune", "public class B { dev.corpusync.cite.C x; }"),
                in("cite", "public class C {}"))));
    later("annotation", "error.StoreException", plants);
    later("error", "document.Ref", plants);
    later("document", "auth.Secret", plants);
    later("auth", "connection.Settings", plants);
    later("connection", "artifact.Json", plants);
    later("artifact", "sync.Run", plants);
    later("sync", "store.Store", plants);
    later("store", "extract.Call", plants);
    plants.put(
        "extract",
        List.of(uses("extract", "http.HttpClients"), uses("extract", "transform.Transformer")));
    later("transform", "extract.Api", plants);
    later("cite", "connector.Connector", plants);
    later("prune", "feed.Change", plants);
    later("feed", "prune.DropGuard", plants);
    later("connector", "http.HttpClients", plants);
    later("run", "http.HttpClients", plants);
    later("describe", "http.HttpClients", plants);
    later("discover", "describe.DescriptorJson", plants);
    plants.put("http", List.of(uses("http", "connector.Connector"), uses("http", "cite.Citation")));
    later("memory", "extract.Call", plants);
    later("relational", "extract.Call", plants);
    later("vault", "extract.Call", plants);
    later("oauth", "http.HttpClients", plants);
    later("nothing imports the engine", "connector", "engine.Corpusync", plants);
    plants.put(
        "okhttp and failsafe only in http",
        List.of(
            List.of(in("extract", "class A { " + OKHTTP + " }")),
            List.of(in("engine", "class A { dev.failsafe.RetryPolicy<?> x; }"))));
    plants.put(
        "jdbi and java.sql only in relational",
        List.of(
            List.of(in("store", "class A { java.sql.Connection x; }")),
            List.of(in("engine", "class A { javax.sql.DataSource x; }")),
            List.of(in("feed", "class A { org.jdbi.v3.core.Jdbi x; }"))));
    plants.put(
        "JsonNode is the only foreign type in the author's API",
        List.of(
            List.of(shows("public void a(tools.jackson.databind.node.ObjectNode x) {}")),
            List.of(shows("public org.slf4j.Logger a() { return null; }")),
            List.of(shows("public java.util.List<org.slf4j.Logger> a() { return null; }")),
            List.of(shows("protected tools.jackson.databind.json.JsonMapper[] a;")),
            List.of(shows("public void a() throws tools.jackson.core.JacksonException {}"))));
    plants.put(
        "no drawers",
        List.of(List.of(in("util", "class A {}")), List.of(in("http.internal", "class A {}"))));
    plants.put(
        "time and chance are injected",
        List.of(
            List.of(does("java.time.Instant.now()")),
            List.of(does("java.time.Instant.now(java.time.Clock.systemUTC())")),
            List.of(does("java.time.InstantSource.system()")),
            List.of(does("System.currentTimeMillis()")),
            List.of(does("Math.random()")),
            List.of(does("new java.util.Random(7)")),
            List.of(does("new java.security.SecureRandom()")),
            List.of(does("java.util.random.RandomGenerator.getDefault()")),
            List.of(does("(java.util.function.Supplier<Object>) java.time.Instant::now")),
            List.of(in("sync", "class A { void a() throws Exception { Thread.sleep(1); } }"))));
    return plants;
  }

  static Stream<Map.Entry<String, List<List<String>>>> plants() {
    return planted().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("plants")
  void the_rule_bites(Map.Entry<String, List<List<String>>> plant) throws IOException {
    int number = 0;
    for (List<String> sources : plant.getValue()) {
      JavaClasses classes = compiled(folder.resolve("plant" + number++), sources);

      assertThat(Layers.rules().get(plant.getKey()).evaluate(classes).hasViolation())
          .as("%s finds the fault in %s", plant.getKey(), sources)
          .isTrue();
    }
  }

  @Test
  void no_rule_was_forgotten() {
    assertThat(planted().keySet()).isEqualTo(Layers.rules().keySet());
  }

  @Test
  void a_class_in_its_place_breaks_no_rule() throws IOException {
    JavaClasses fine =
        compiled(
            folder.resolve("fine"),
            List.of(
                in(
                    "connector",
                    "public class A { public tools.jackson.databind.JsonNode a(dev.corpusync.extract.Call x) { return null; } }")));

    Layers.rules()
        .forEach((name, rule) -> assertThat(rule.evaluate(fine).hasViolation()).as(name).isFalse());
  }

  @Test
  void a_file_of_401_lines_is_found() throws IOException {
    Files.writeString(folder.resolve("Long.java"), "\n".repeat(401));
    Files.writeString(folder.resolve("Short.java"), "\n".repeat(400));

    assertThat(Sources.tooLong(folder)).containsExactly("Long.java has 401 lines");
  }

  @Test
  void a_package_that_says_nothing_or_too_much_is_found() throws IOException {
    explained("right", "/** One sentence → enough. */\n@NullMarked\npackage right;\n");
    explained("wordy", "/** One sentence. And another. */\n@NullMarked\npackage wordy;\n");
    explained("unmarked", "/** One sentence. */\npackage unmarked;\n");
    explained("silent", "@NullMarked\npackage silent;\n");
    Files.writeString(Files.createDirectory(folder.resolve("without")).resolve("A.java"), "");

    assertThat(Sources.unexplained(folder))
        .extracting(found -> found.substring(0, found.indexOf(' ')))
        .containsExactlyInAnyOrder("wordy", "unmarked", "silent", "without");
  }

  private void explained(String name, String info) throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve(name)).resolve("package-info.java"), info);
  }

  private static void later(String rule, String used, Map<String, List<List<String>>> plants) {
    later(rule, rule, used, plants);
  }

  private static void later(
      String rule, String home, String used, Map<String, List<List<String>>> plants) {
    plants.put(rule, List.of(uses(home, used)));
  }

  private static List<String> uses(String home, String used) {
    return List.of(in(home, "class A { dev.corpusync." + used + " x; }"));
  }

  private static String does(String what) {
    return in("engine", "class A { Object x = " + what + "; }");
  }

  private static String shows(String member) {
    return in("extract", "public class A { " + member + " }");
  }

  private static String in(String home, String type) {
    return "package dev.corpusync." + home + "; " + type;
  }

  private static JavaClasses compiled(Path root, List<String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path out = Files.createDirectories(root.resolve("classes"));
    List<Path> files = new java.util.ArrayList<>();
    for (String source : sources) {
      Matcher place = PLACE.matcher(source);
      assertThat(place.find()).as(source).isTrue();
      Path file = root.resolve(place.group(1).replace('.', '/') + "/" + place.group(2) + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source));
    }
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      out.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(done).as("%s%n%s", sources, said).isTrue();
    }
    return new ClassFileImporter().importPath(out);
  }
}
