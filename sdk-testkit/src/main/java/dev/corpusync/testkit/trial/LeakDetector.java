package dev.corpusync.testkit.trial;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.watch.ExceptionText;
import dev.corpusync.testkit.watch.LiveThreads;
import dev.corpusync.testkit.watch.OpenFiles;
import dev.corpusync.testkit.watch.OutputCapture;
import dev.corpusync.testkit.watch.WordSearch;
import dev.corpusync.testkit.world.Thing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks, around every check, for what gets out and what stays behind. What it finds is reported by
 * one check for each sort of {@link LeakKind}, so that a leak fails that check and no other; a
 * check that fails reports for itself.
 */
public final class LeakDetector {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int SHORTEST = 5;

  /** The kit's own words for the text of one version of a record. */
  private static final Pattern CONTENT = Pattern.compile("(?:re)?mark-\\d{5,}");

  /** Any ten characters of the secret tell too much, and so does another form of it. */
  private static final WordSearch SECRETS = secrets();

  private final Map<LeakKind, List<String>> found = new EnumMap<>(LeakKind.class);
  private final Map<LeakKind, List<String>> pending = new EnumMap<>(LeakKind.class);
  private final Map<Trial, Set<String>> excused = new java.util.IdentityHashMap<>();
  private String check = "";
  private Optional<OutputCapture> tap = Optional.empty();
  private LiveThreads threads = LiveThreads.now();
  private OpenFiles files = OpenFiles.now();
  private long looks;

  private static WordSearch secrets() {
    byte[] plain = Trial.SECRET.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new HashSet<>();
    for (String form : List.of(Trial.SECRET, Base64.getEncoder().encodeToString(plain))) {
      for (int i = 0; i + 10 <= form.length(); i++) {
        forms.add(form.substring(i, i + 10));
      }
    }
    return WordSearch.of(forms);
  }

  /** A check begins. */
  public void begin(String id) {
    check = id;
    pending.clear();
    excused.clear();
    threads = LiveThreads.now();
    files = OpenFiles.now();
    tap = Optional.of(OutputCapture.open());
  }

  /** It has ended. */
  public void end(boolean passed) {
    leftovers();
    tap.ifPresent(OutputCapture::close);
    tap = Optional.empty();
    if (passed) {
      pending.forEach(
          (leak, all) -> found.computeIfAbsent(leak, l -> new ArrayList<>()).addAll(all));
    }
    pending.clear();
  }

  /** What was found so far, by the checks that passed and by this one. */
  public List<String> found(LeakKind leak) {
    leftovers();
    List<String> all = new ArrayList<>(found.getOrDefault(leak, List.of()));
    all.addAll(pending.getOrDefault(leak, List.of()));
    return all.stream().distinct().limit(10).toList();
  }

  /** How often anything was looked at. */
  public long looks() {
    return looks;
  }

  /** How many lines have been printed or logged in this check. */
  public long lines() {
    return tap.map(OutputCapture::lines).orElse(0L);
  }

  /** Watches one process of a trial. */
  <T> T during(Trial trial, Supplier<T> work) {
    Set<String> before = known(trial);
    try {
      T result = work.get();
      record(String.valueOf(result));
      return result;
    } catch (RuntimeException | Error e) {
      record(ExceptionText.of(e));
      throw e;
    } finally {
      excuse(trial, before);
      look(trial);
    }
  }

  RunListener listener() {
    return new RunListener() {
      @Override
      public void runStarted(Run run) {
        record(run.toString());
      }

      @Override
      public void noticed(ConnectionKey key, String what) {
        record(key + " " + what);
      }

      @Override
      public void runEnded(Run run) {
        record(run.toString());
      }
    };
  }

  ApiFactory overhearing(ApiFactory apis) {
    return new TextRecordingApis(apis, this::record);
  }

  /** The engines of a trial are closed, its server is not. */
  void closing(Trial trial) {
    String bytes = trial.traces().bytes();
    search(LeakKind.STORED, bytes, words(trial), "in the bytes of the store");
    search(LeakKind.SECRET, bytes, SECRETS, "in the bytes of the store");
    boolean tampered = trial.server().exchanges().stream().anyMatch(e -> !e.fault().isEmpty());
    int open = tampered ? 0 : trial.server().connections(patience(LeakKind.CONNECTION));
    if (open > 0) {
      note(
          LeakKind.CONNECTION,
          open + " connections to the API are open after the engine was closed");
    }
  }

  private void record(String text) {
    tap.ifPresent(t -> t.record(text));
  }

  /** What the next process can know to be hidden. */
  private Set<String> known(Trial trial) {
    Map<String, Thing> canaries = trial.world().canaries();
    try {
      if (!trial.traces().isAmongContainers()) {
        return canaries.keySet();
      }
    } catch (CorpusyncException | SimulatedCrash e) {
      record(ExceptionText.of(e));
      return canaries.keySet();
    }
    // It continues behind containers that an interrupted one has read. What never was visible, none
    // of them knew.
    return canaries.entrySet().stream()
        .filter(e -> e.getValue().hidden().isPresent() || canaries.containsKey(e.getValue().id()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * What a container took out of sight while it was being read could not be known: the record
   * itself said nothing.
   */
  private void excuse(Trial trial, Set<String> before) {
    Set<String> mine = excused.computeIfAbsent(trial, t -> new HashSet<>());
    trial
        .world()
        .canaries()
        .forEach(
            (word, thing) -> {
              if (!before.contains(word)
                  && (thing.hidden().isEmpty() || word.startsWith("canary-comment"))) {
                mine.add(word);
              }
            });
  }

  private void look(Trial trial) {
    looks++;
    String told = told(trial);
    search(
        LeakKind.TOLD,
        told,
        needles(trial.secrets(), Set.of()),
        "in a log, a message or a printed form");
    Matcher content = CONTENT.matcher(told);
    if (content.find()) {
      note(LeakKind.TOLD, "the text of a record is told: " + around(told, content.start()));
    }
    search(LeakKind.SECRET, told, SECRETS, "in a log, a message or a printed form");
    try {
      String stored = trial.traces().holdings();
      String fed = trial.traces().feed();
      WordSearch words = words(trial);
      search(LeakKind.STORED, stored, words, "in the store");
      search(LeakKind.STORED, fed, words, "in the feed");
      search(LeakKind.SECRET, stored, SECRETS, "in the store");
    } catch (CorpusyncException | SimulatedCrash e) {
      // A store that cannot be read now is looked at after the next process.
      record(ExceptionText.of(e));
    }
  }

  /** What may not be stored of this trial. */
  private WordSearch words(Trial trial) {
    return needles(trial.secrets(), excused.getOrDefault(trial, Set.of()));
  }

  /** Shorter words are part of others. */
  private static WordSearch needles(Set<String> words, Set<String> but) {
    return WordSearch.of(
        words.stream().filter(w -> w.length() >= SHORTEST && !but.contains(w)).toList());
  }

  private String told(Trial trial) {
    record(trial.traces().printed());
    return tap.map(OutputCapture::drain).orElse("");
  }

  private void search(LeakKind leak, String text, WordSearch words, String where) {
    words
        .in(text)
        .forEach(
            (word, at) ->
                note(
                    leak,
                    leak == LeakKind.SECRET
                        ? "a piece of the secret is " + where + ", after " + before(text, at)
                        : word + " is " + where + ": " + around(text, at)));
  }

  private static String before(String text, int at) {
    return "…" + text.substring(Math.max(0, at - 60), at);
  }

  private static String around(String text, int at) {
    return "…" + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60)) + "…";
  }

  /** Threads and files of what has ended. */
  private void leftovers() {
    if (tap.isEmpty()) {
      return;
    }
    for (String thread : threads.since(patience(LeakKind.THREAD))) {
      note(LeakKind.THREAD, "the thread '" + thread + "' lives on");
    }
    for (String file : files.since()) {
      note(LeakKind.FILE, file + " is open");
    }
    threads = LiveThreads.now();
    files = OpenFiles.now();
  }

  /** What ends, ends soon; where one did not, nobody waits for the next. */
  private Duration patience(LeakKind leak) {
    return pending.containsKey(leak) || found.containsKey(leak) ? Duration.ZERO : PATIENCE;
  }

  private void note(LeakKind leak, String what) {
    List<String> all = pending.computeIfAbsent(leak, l -> new ArrayList<>());
    if (all.size() < 10) {
      all.add(check + ": " + what.replace(Trial.SECRET, "[the secret]"));
    }
  }
}
