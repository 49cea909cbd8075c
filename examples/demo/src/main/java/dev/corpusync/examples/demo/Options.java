package dev.corpusync.examples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The options of the command line. */
record Options(
    boolean help, boolean auth, boolean json, Optional<Path> replay, Optional<String> store) {
  static final String USAGE =
      """
      Usage: ./demo [--json] [--replay FILE] [--store jdbc:postgresql://HOST/DATABASE]
             ./demo --auth [--json]

      Syncs a fake GitHub into a database, kills the syncing process half way, resumes the run,
      syncs changes, and answers one search for two people with different permissions.

        --auth          connect an account at a real Keycloak instead; downloads it once, starts it
                        on loopback and stops it: consent, token renewal, revoked consent,
                        reconnecting, disconnecting
        --json          print the facts as one JSON object instead of text
        --replay FILE   sync recorded exchanges instead (a JSON array of method, path, status,
                        headers, response)
        --store URL     store the corpus in PostgreSQL instead of an SQLite file; user and password
                        in the URL or in PGUSER and PGPASSWORD. Replaces the data of an earlier
                        demo and nothing else.
        --help          print this text
      """;

  /** The command line is wrong; the message says why. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    boolean help = false;
    boolean auth = false;
    boolean json = false;
    Optional<Path> replay = Optional.empty();
    Optional<String> store = Optional.empty();
    while (!left.isEmpty()) {
      String option = left.removeFirst();
      switch (option) {
        case "--help", "-h" -> help = true;
        case "--auth" -> auth = true;
        case "--json" -> json = true;
        case "--replay" -> replay = Optional.of(file(option, left));
        case "--store" -> store = Optional.of(url(option, left));
        default ->
            throw new UsageException(
                "there is no option '" + option + "': --help lists the options");
      }
    }
    if (auth && (replay.isPresent() || store.isPresent())) {
      throw new UsageException("--auth takes no other option than --json");
    }
    return new Options(help, auth, json, replay, store);
  }

  private static Path file(String option, Deque<String> left) {
    Path file = Path.of(value(option, left));
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UsageException(option + " " + file + ": no such file, or it cannot be read");
    }
    return file;
  }

  private static String url(String option, Deque<String> left) {
    String url = value(option, left);
    if (!url.startsWith("jdbc:postgresql:")) {
      // The value may hold a password.
      throw new UsageException(option + " takes a URL that begins with jdbc:postgresql:");
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
