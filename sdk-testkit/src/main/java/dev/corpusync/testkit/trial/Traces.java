package dev.corpusync.testkit.trial;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.feed.Change;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a trial's processes have left behind: in its store, in the files behind that, and with a
 * host that follows the changes.
 */
public final class Traces {
  private final Subject subject;
  private final World world;
  private final StoreFixture.Database database;
  private Optional<Store> reading = Optional.empty();
  private Optional<StoreSnapshot> text = Optional.empty();
  private int running;
  private String fed = "";

  Traces(Subject subject, World world, StoreFixture.Database database) {
    this.subject = subject;
    this.world = world;
    this.database = database;
  }

  /** While a process works, what is read of the store may be old the next moment. */
  <T> T during(Supplier<T> process) {
    running++;
    text = Optional.empty();
    try {
      return process.get();
    } finally {
      running--;
      text = Optional.empty();
    }
  }

  /** What is stored now. */
  Index index() {
    return new Index(subject, world, text().documents());
  }

  /** Read once after a process: until the next one nothing changes. */
  private StoreSnapshot text() {
    StoreSnapshot read =
        text.orElseGet(() -> StoreSnapshot.of(store(), Trial.KEY, subject.streams()));
    text = Optional.of(read).filter(t -> running == 0);
    return read;
  }

  /**
   * Whether the last process read some containers and not all: the next one continues behind them.
   */
  boolean isAmongContainers() {
    Set<Kind> containers =
        subject.streams().stream()
            .filter(ContainerStream.class::isInstance)
            .map(Stream::kind)
            .collect(Collectors.toSet());
    return !containers.isEmpty()
        && text().checkpoint().stream()
            .anyMatch(p -> p.pass().isPresent() && containers.contains(p.scope().stream()));
  }

  /** Everything that a crash must not change, as text. */
  String state() {
    return text().toString();
  }

  /** All words that are stored. */
  public String holdings() {
    return StoreDump.of(store(), Trial.KEY, text());
  }

  /** The bytes behind the store, a character each. */
  String bytes() {
    StringBuilder all = new StringBuilder();
    try {
      for (Path file : database.files()) {
        if (Files.exists(file)) {
          all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the store cannot be looked through", e);
    }
    return all.toString();
  }

  /** What a host that follows the changes was told since the last time. */
  public String feed() {
    StringBuilder words = new StringBuilder();
    fed = "";
    new ChangeFeed(store(), Trial.KEY.tenant(), "the-watch")
        .deliver(
            change -> {
              fed += change + "\n";
              if (change instanceof Change.Stored stored) {
                words
                    .append(stored.document().ref())
                    .append(stored.document().fields())
                    .append(Index.texts(stored.document()));
              }
            });
    return words.toString();
  }

  /** What is handed out, as it prints. */
  String printed() {
    List<String> forms = new ArrayList<>(List.of(fed, subject.connector().toString()));
    subject.streams().forEach(stream -> forms.add(stream.toString()));
    store().connections().find(Trial.KEY).ifPresent(c -> forms.add(c.toString()));
    store().journal().failures(Trial.KEY, 100).forEach(f -> forms.add(f.toString()));
    store().journal().held(Trial.KEY).forEach(h -> forms.add(h.toString()));
    for (StoredDocument document : index().documents().values()) {
      forms.add(document.toString() + document.chunks());
    }
    return String.join("\n", forms);
  }

  Store store() {
    Store open = reading.orElseGet(database::open);
    reading = Optional.of(open);
    return open;
  }
}
