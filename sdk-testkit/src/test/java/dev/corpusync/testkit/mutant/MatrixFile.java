package dev.corpusync.testkit.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The recorded rows of one kill matrix: {@code kill-matrix/<name>.csv}, written by a command. */
public final class MatrixFile {
  private static final String TITLE = "mutant,found by,and by";
  private final Path file;

  /**
   * What a mutant fails.
   *
   * @param foundBy the check that the mutant is there for; empty for a subject that is right
   * @param all every check that it fails
   */
  public record Row(String mutant, Optional<String> foundBy, Set<String> all) {
    String line() {
      String also =
          all.stream()
              .filter(check -> !foundBy.equals(Optional.of(check)))
              .collect(Collectors.joining("; "));
      return String.join(",", mutant, foundBy.orElse(""), also);
    }
  }

  MatrixFile(String name) {
    file =
        Path.of(System.getProperty("corpusync.root", ".."))
            .resolve("sdk-testkit/src/test/resources/kill-matrix/" + name + ".csv");
  }

  /** By the mutant's name. */
  Map<String, Row> rows() {
    try {
      return Files.exists(file) ? parse(Files.readString(file)) : Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the rows; other processes, which may write other rows of the file, wait. */
  void update(UnaryOperator<Map<String, Row>> change) {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      byte[] before = Channels.newInputStream(channel).readAllBytes();
      Map<String, Row> rows =
          change.apply(new LinkedHashMap<>(parse(new String(before, StandardCharsets.UTF_8))));
      String after =
          rows.values().stream().map(row -> row.line() + "\n").collect(Collectors.joining());
      channel.truncate(0);
      channel.position(0);
      channel.write(ByteBuffer.wrap((TITLE + "\n" + after).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Row> parse(String text) {
    Map<String, Row> rows = new LinkedHashMap<>();
    List<String> lines = text.lines().skip(1).filter(line -> !line.isBlank()).toList();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (cells.length != 3 || rows.put(cells[0], row(cells)) != null) {
        throw new IllegalStateException(file + ": a line is malformed or repeated: " + line);
      }
    }
    return rows;
  }

  private static Row row(String[] cells) {
    Set<String> all = new TreeSet<>(Arrays.asList(cells[2].split("; ")));
    all.add(cells[1]);
    all.remove("");
    return new Row(cells[0], Optional.of(cells[1]).filter(id -> !id.isEmpty()), all);
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
