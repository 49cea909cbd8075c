package dev.corpusync.layers;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of docs/architecture.md as ArchUnit rules, by name. */
final class Layers {
  static final String ROOT = "dev.corpusync.";
  static final List<String> NOUNS =
      List.of("annotation", "error", "document", "auth", "connection", "artifact", "sync", "store");
  static final List<String> STAGES = List.of("extract", "transform", "cite", "prune", "feed");
  private static final Set<String> DRAWERS = Set.of("util", "utils", "impl", "internal", "common");
  private static final Set<String> AUTHORS_API =
      Set.of("connector", "extract", "artifact", "transform", "cite", "document");
  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of",
          "java.util.concurrent.ThreadLocalRandom.current");

  /** What is fallen back to when the host brings no clock and no source of chance. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          ROOT + "auth.AuthScheme", "java.time.InstantSource.system",
          ROOT + "auth.Secret", "java.security.SecureRandom.<init>",
          ROOT + "oauth.OAuthClient$Builder", "java.security.SecureRandom.<init>",
          ROOT + "engine.CorpusyncBuilder", "java.security.SecureRandom.<init>",
          ROOT + "http.HttpClients$Builder", "java.util.random.RandomGenerator.getDefault");

  private Layers() {}

  static Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("no cycles", slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
    for (int i = 0; i < NOUNS.size(); i++) {
      rules.put(NOUNS.get(i), only(NOUNS.get(i), NOUNS.subList(0, i)));
    }
    STAGES.forEach(stage -> rules.put(stage, only(stage, NOUNS)));
    rules.put("connector", only("connector", both(NOUNS, STAGES)));
    rules.put("run", only("run", both(both(NOUNS, STAGES), List.of("connector"))));
    rules.put("describe", only("describe", both(both(NOUNS, STAGES), List.of("connector"))));
    rules.put("discover", only("discover", both(both(NOUNS, STAGES), List.of("connector"))));
    rules.put("http", only("http", both(NOUNS, List.of("extract"))));
    rules.put("memory", only("memory", NOUNS));
    rules.put("relational", only("relational", NOUNS));
    rules.put("vault", only("vault", NOUNS));
    rules.put("oauth", only("oauth", both(NOUNS, List.of("vault"))));
    rules.put(
        "nothing imports the engine",
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "engine.."));
    rules.put(
        "okhttp and failsafe only in http",
        outside("http", "okhttp3..", "okio..", "kotlin..", "dev.failsafe.."));
    rules.put(
        "jdbi and java.sql only in relational",
        outside(
            "relational",
            "org.jdbi..",
            "java.sql..",
            "javax.sql..",
            "org.sqlite..",
            "org.postgresql.."));
    rules.put("JsonNode is the only foreign type in the author's API", authorsApi());
    rules.put("no drawers", classes().should(notLieInADrawer()).allowEmptyShould(true));
    rules.put("time and chance are injected", timeAndChance());
    return rules;
  }

  private static ArchRule only(String name, List<String> allowed) {
    DescribedPredicate<JavaClass> may =
        describe(
            "in " + name + " or one of " + allowed,
            c -> packageOf(c).map(p -> p.equals(name) || allowed.contains(p)).orElse(true));
    return classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat(may)
        .allowEmptyShould(true);
  }

  private static ArchRule outside(String home, String... foreign) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + home + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .allowEmptyShould(true);
  }

  private static ArchRule authorsApi() {
    return classes()
        .that(
            describe(
                "what authors see",
                c -> isSeen(c) && packageOf(c).filter(AUTHORS_API::contains).isPresent()))
        .should(showOwnTypesOnly())
        .allowEmptyShould(true);
  }

  private static ArchRule timeAndChance() {
    return classes()
        .that(
            describe(
                "outside Time", c -> !c.getName().matches("dev\\.corpusync\\.sync\\.Time(\\$.*)?")))
        .should(
            condition(
                "not read a clock, sleep or draw chances",
                (c, found) ->
                    c.getAccessesFromSelf().stream()
                        .filter(a -> isClock(c, a))
                        .forEach(a -> found.add(a.getDescription()))))
        .allowEmptyShould(true);
  }

  private static boolean isClock(JavaClass from, JavaAccess<?> access) {
    String called = access.getTargetOwner().getName() + "." + access.getTarget().getName();
    return CLOCKS.contains(called) && !called.equals(DEFAULTS.get(from.getName()));
  }

  private static ArchCondition<JavaClass> notLieInADrawer() {
    return condition(
        "have a package that says what it is about",
        (c, found) -> {
          if (Stream.of(c.getPackageName().split("\\.")).anyMatch(DRAWERS::contains)) {
            found.add(c.getName() + " lies in a drawer");
          }
        });
  }

  private static ArchCondition<JavaClass> showOwnTypesOnly() {
    return condition(
        "show only their own types, those of the JDK and JsonNode",
        (c, found) -> {
          List<JavaType> shown = new ArrayList<>(c.getInterfaces());
          c.getSuperclass().ifPresent(shown::add);
          for (JavaCodeUnit unit : c.getCodeUnits()) {
            if (isSeen(unit.getModifiers())) {
              shown.add(unit.getReturnType());
              shown.addAll(unit.getParameterTypes());
              shown.addAll(unit.getExceptionTypes());
            }
          }
          for (JavaField field : c.getFields()) {
            if (isSeen(field.getModifiers())) {
              shown.add(field.getType());
            }
          }
          shown.stream()
              .flatMap(type -> type.getAllInvolvedRawTypes().stream())
              .map(JavaClass::getBaseComponentType)
              .filter(type -> !isOurs(type))
              .forEach(type -> found.add(c.getName() + " shows " + type.getName()));
        });
  }

  private static boolean isOurs(JavaClass type) {
    return type.isPrimitive()
        || type.getName().startsWith("java.")
        || type.getName().startsWith(ROOT)
        || type.getName().equals("tools.jackson.databind.JsonNode");
  }

  private static boolean isSeen(JavaClass type) {
    return isSeen(type.getModifiers()) && type.getEnclosingClass().map(Layers::isSeen).orElse(true);
  }

  private static boolean isSeen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** The part of the name below ours; empty for classes of others. */
  private static java.util.Optional<String> packageOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.startsWith(ROOT)
        ? java.util.Optional.of(name.substring(ROOT.length()).split("\\.")[0])
        : java.util.Optional.empty();
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private interface Check {
    void on(JavaClass type, List<String> found);
  }

  private static ArchCondition<JavaClass> condition(String description, Check check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<String> found = new ArrayList<>();
        check.on(type, found);
        found.forEach(message -> events.add(violated(type, message)));
      }
    };
  }
}
