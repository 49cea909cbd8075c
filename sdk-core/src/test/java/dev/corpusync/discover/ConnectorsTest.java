package dev.corpusync.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.DescriptorBuilder;
import dev.corpusync.connection.SdkVersion;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Stability;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.ConnectorNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorsTest {
  @TempDir Path folder;
  private final Connectors connectors = new Connectors();

  @Test
  void finds_the_connectors_of_jars_that_are_on_no_class_path() throws IOException {
    crm("crm", "").source("acme.Helper", "package acme; class Helper { }").write("crm.jar");
    new JarOf(folder)
        .source("acme.Wiki", code("Wiki", "wiki", "", ""))
        .service("# two of them")
        .service("acme.Wiki # here")
        .write("wiki.jar");
    connectors.discover(folder);

    assertThat(connectors.all())
        .extracting(c -> c.descriptor().title())
        .containsExactly("Title of crm", "Title of wiki");
    assertThat(connectors.get("crm").getClass().getClassLoader())
        .isNotEqualTo(getClass().getClassLoader());
  }

  @Test
  void closes_the_class_loader_of_its_jars() throws IOException {
    Path jar =
        crm("crm", "").source("acme.Helper", "package acme; class Helper { }").write("c.jar");
    connectors.discover(List.of(jar.toUri().toURL()));
    ClassLoader loader = connectors.get("crm").getClass().getClassLoader();
    connectors.close();

    assertThatThrownBy(() -> loader.loadClass("acme.Helper"))
        .isInstanceOf(ClassNotFoundException.class);
    Files.delete(jar);
  }

  @Test
  void two_of_one_id_are_refused_with_where_both_are() throws IOException {
    crm("crm", "").write("a.jar");
    new JarOf(folder)
        .source("other.Crm", code("Crm", "crm", "", "").replace("package acme", "package other"))
        .service("other.Crm")
        .write("b.jar");

    refused(() -> connectors.discover(folder), "'crm'", "acme.Crm", "a.jar", "other.Crm", "b.jar");
  }

  @Test
  void two_of_one_id_on_the_class_path_are_refused_with_where_both_are() throws Exception {
    crm("crm", "").write("a.jar");
    new JarOf(folder)
        .source("other.Crm", code("Crm", "crm", "", "").replace("package acme", "package other"))
        .service("other.Crm")
        .write("b.jar");
    URL[] classPath = {
      folder.resolve("a.jar").toUri().toURL(), folder.resolve("b.jar").toUri().toURL()
    };
    onClassPath(
        classPath,
        () -> refused(connectors::discover, "'crm'", "acme.Crm", "a.jar", "other.Crm", "b.jar"));
  }

  @Test
  void one_that_is_registered_and_found_is_refused_too() throws IOException {
    connectors.add(connector(d -> d));
    crm("mine", "").write("a.jar");

    refused(() -> connectors.discover(folder), "'mine'", getClass().getName(), "a.jar");
  }

  @Test
  void one_that_needs_another_version_is_refused_with_both_versions() throws IOException {
    crm("crm", ".needs(\"7.3\")").write("crm.jar");

    refused(() -> connectors.discover(folder), "crm.jar", "7.3.0", SdkVersion.CURRENT.toString());
  }

  @Test
  void one_that_was_built_against_another_version_is_refused() throws IOException {
    crm("crm", "")
        .compiledAgainst(
            "dev.corpusync.connector.Newer",
            "package dev.corpusync.connector; public interface Newer { }")
        .source(
            "acme.Late",
            code("Late", "late", "", "Object o = dev.corpusync.connector.Newer.class;"))
        .service("acme.Late")
        .write("late.jar");

    refused(
        () -> connectors.discover(folder),
        "acme.Late",
        "late.jar",
        "Corpusync " + SdkVersion.CURRENT,
        "dev/corpusync/connector/Newer");
    URL[] classPath = {folder.resolve("late.jar").toUri().toURL()};
    onClassPath(
        classPath,
        () ->
            refused(
                new Connectors()::discover,
                "acme.Late",
                "Corpusync " + SdkVersion.CURRENT,
                "dev/corpusync/connector/Newer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme.Missing | acme.Missing (file: | not there",
        "acme.Hidden  | acme.Hidden  | public Connector",
        "acme.Other   | acme.Other   | public Connector",
        "acme.Fails   | acme.Fails   | failed when it was made",
        "dev.corpusync.discover.ConnectorsTest$OnClassPath | odd.jar | is on the class path"
            + " already",
      })
  void one_that_cannot_be_made_is_refused_with_where_it_is(String name, String said, String why)
      throws IOException {
    new JarOf(folder)
        .source("acme.Hidden", code("Hidden", "x", "", "").replace("public class", "class"))
        .source("acme.Other", "package acme; public class Other { }")
        .source("acme.Fails", code("Fails", "x", "", "{ if (true) throw new RuntimeException(); }"))
        .service(name)
        .write("odd.jar");

    refused(() -> connectors.discover(folder), said, why, "odd.jar");
  }

  @Test
  void a_folder_that_is_not_there_is_refused() {
    refused(() -> connectors.discover(folder.resolve("none")), "none", "not a readable folder");
  }

  @Test
  void one_that_the_class_path_names_but_does_not_have_is_refused() throws Exception {
    Path jar = new JarOf(folder).service("acme.Missing").write("odd.jar");

    onClassPath(
        new URL[] {jar.toUri().toURL()}, () -> refused(connectors::discover, "acme.Missing"));
  }

  @Test
  void what_is_not_stable_enough_is_left_out_and_the_host_is_told_when_it_asks()
      throws IOException {
    crm("crm", ".stability(dev.corpusync.connection.Stability.BETA)").write("crm.jar");
    connectors.discoverFrom(Stability.STABLE);
    connectors.discover(folder);

    assertThat(connectors.all()).isEmpty();
    assertThatThrownBy(() -> connectors.get("crm"))
        .isInstanceOf(ConnectorNotFoundException.class)
        .hasMessageContainingAll("'crm'", "is beta", "stable");
    connectors.discoverFrom(Stability.BETA);
    connectors.discover(folder);
    assertThat(connectors.all()).hasSize(1);
  }

  @Test
  void one_that_lacks_what_it_declares_is_refused() {
    refused(
        () -> connectors.add(connector(d -> d.settings(Setting.select("p", "P").fetched()))),
        "'mine'",
        "[p]",
        "HasOptions");
  }

  @Test
  void an_unknown_connector_is_not_found() {
    connectors.add(connector(d -> d));

    assertThatThrownBy(() -> connectors.get("yours"))
        .isInstanceOf(ConnectorNotFoundException.class)
        .hasMessageContainingAll("'yours'", "[mine]");
  }

  /** On the class path, and named by a jar that is not. */
  public static final class OnClassPath implements Connector {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("path", "Path", "https://path.example").build();
    }

    @Override
    public List<Stream> streams() {
      return List.of();
    }
  }

  private static Connector connector(UnaryOperator<DescriptorBuilder> more) {
    return new Connector() {
      @Override
      public Descriptor descriptor() {
        return more.apply(Descriptor.of("mine", "Mine", "https://mine.example")).build();
      }

      @Override
      public List<Stream> streams() {
        return List.of();
      }
    };
  }

  private JarOf crm(String id, String described) {
    return new JarOf(folder).source("acme.Crm", code("Crm", id, described, "")).service("acme.Crm");
  }

  private static String code(String name, String id, String described, String more) {
    return """
    package acme;
    import dev.corpusync.connection.Descriptor;
    import dev.corpusync.connector.*;
    public class %s implements Connector {
      %s
      public Descriptor descriptor() {
        return Descriptor.of("%s", "Title of %s", "https://crm.example")%s.build();
      }
      public java.util.List<Stream> streams() { return java.util.List.of(); }
    }
    """
        .formatted(name, more, id, id, described);
  }

  private static void onClassPath(URL[] jars, Runnable work) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(jars, before)) {
      thread.setContextClassLoader(loader);
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void refused(ThrowingCallable work, String... said) {
    assertThatThrownBy(work)
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessageContainingAll(said);
  }
}
