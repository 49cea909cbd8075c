package dev.corpusync.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The compiler, for what the docs show. */
public final class Javac {
  private Javac() {}

  /** Compiles sources as an author would, with what the tests have on their path. */
  public static void compile(String what, Path classes, Path... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:all,-processing",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      Boolean compiled =
          compiler
              .getTask(said, manager, null, options, null, manager.getJavaFileObjects(sources))
              .call();
      assertThat(compiled).as("%s%n%s", what, said).isTrue();
    }
  }
}
