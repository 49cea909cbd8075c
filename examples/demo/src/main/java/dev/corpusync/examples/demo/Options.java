package dev.corpusync.examples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the command line asks for. */
record Options(boolean help, boolean json, Optional<Path> replay, Optional<String> store) {
  static final String USAGE =
      """
      Usage: ./demo [--json] [--replay FILE] [--store jdbc:postgresql://HOST/DATABASE]

      Syncs a fake GitHub into a database from a process that is killed half way, resumes it, follows
      changes at the source, and answers one search as two different people.

        --json          print one JSON object instead of the story
        --replay FILE   sync recorded exchanges instead (a JSON array of method, path, status,
                        headers, response)
        --store URL     keep the corpus in PostgreSQL instead of an SQLite file; user and password
                        in the URL or in PGUSER and PGPASSWORD. What an earlier demo left there
                        is replaced, nothing else is touched.
        --help          this text
      """;

  /** The command line asks for something that does not exist; the message is for the person. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    Options options = new Options(false, false, Optional.empty(), Optional.empty());
    while (!left.isEmpty()) {
      String option = left.removeFirst();
      options =
          switch (option) {
            case "--help", "-h" -> new Options(true, options.json, options.replay, options.store);
            case "--json" -> new Options(options.help, true, options.replay, options.store);
            case "--replay" ->
                new Options(
                    options.help, options.json, Optional.of(file(option, left)), options.store);
            case "--store" ->
                new Options(
                    options.help, options.json, options.replay, Optional.of(url(option, left)));
            default ->
                throw new UsageException(
                    "there is no option '" + option + "': --help lists those that there are");
          };
    }
    return options;
  }

  private static Path file(String option, Deque<String> left) {
    Path file = Path.of(value(option, left));
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UsageException(option + " " + file + ": there is no such file that can be read");
    }
    return file;
  }

  private static String url(String option, Deque<String> left) {
    String url = value(option, left);
    if (!url.startsWith("jdbc:postgresql:")) {
      // The value may hold a password.
      throw new UsageException(option + " takes an address that begins with jdbc:postgresql:");
    }
    return url;
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty() || left.getFirst().startsWith("--")) {
      throw new UsageException(option + " needs a value after it");
    }
    return left.removeFirst();
  }
}
