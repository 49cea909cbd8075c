package dev.corpusync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What a host takes on with us: our classes and everything they need, but for JDBC drivers. */
class SizeTest {
  private static final long MOST = 8_500_000;
  private static final Path BUILT = Path.of("target");

  @Test
  void core_and_what_it_needs_are_at_most_8_and_a_half_mb() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path jar : jars()) {
      sizes.put(jar.getFileName().toString(), Files.size(jar));
    }
    sizes.put("our classes", packed(BUILT.resolve("classes")));
    assertThat(sizes.keySet()).anyMatch(name -> name.startsWith("okhttp-jvm"));
    assertThat(sizes.keySet()).noneMatch(name -> name.matches("(sqlite|postgresql).*"));
    long all = sizes.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all).as(() -> all + " bytes: " + sizes).isLessThanOrEqualTo(MOST);
  }

  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry :
        Files.readString(BUILT.resolve("runtime-class-path")).strip().split(File.pathSeparator)) {
      jars.add(Path.of(entry));
    }
    return jars;
  }

  /** As in a jar, which is made only after the tests. */
  private static long packed(Path folder) throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile);
        ZipOutputStream zip = new ZipOutputStream(jar)) {
      for (Path file : files.toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return jar.size();
  }
}
