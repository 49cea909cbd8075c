package dev.corpusync.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A jar that a test compiles and packs, as an author's build would. */
final class JarOf {
  private final Path folder;
  private final List<JavaFileObject> sources = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private String services = "";

  JarOf(Path folder) {
    this.folder = folder;
  }

  /**
   * @param name of the class, with its package
   */
  JarOf source(String name, String code) {
    sources.add(
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        });
    return this;
  }

  /** A class that others are compiled against and that is not packed. */
  JarOf compiledAgainst(String name, String code) {
    left.add(name.replace('.', '/') + ".class");
    return source(name, code);
  }

  JarOf service(String line) {
    services += line + "\n";
    return this;
  }

  Path write(String name) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    compile(classes);
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      entry(
          out,
          "META-INF/services/dev.corpusync.connector.Connector",
          services.getBytes(StandardCharsets.UTF_8));
      for (Path file1 : all.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file1).toString().replace('\\', '/');
        if (!left.contains(entry)) {
          entry(out, entry, Files.readAllBytes(file1));
        }
      }
    }
    return jar;
  }

  private void compile(Path classes) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      assertThat(compiler.getTask(said, files, null, options, null, sources).call())
          .as("%s", said)
          .isTrue();
    }
  }

  private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
