package dev.corpusync.run;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Parts;
import dev.corpusync.connection.Settings;
import dev.corpusync.store.Answer;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records what the answers about the items of one scope are made of besides the items themselves:
 * settings, the container, the containers above (P9). Safe for many threads.
 */
final class ScopeAnswers {
  private final HiddenUnder hiddenUnder;
  private final Map<Answer, View> views = new EnumMap<>(Answer.class);
  private final Set<ScopeDependency> found = ConcurrentHashMap.newKeySet();
  private final Set<ScopeDependency> recorded = ConcurrentHashMap.newKeySet();
  private volatile boolean hid;

  /** What an item shows of what all items of the scope share; all that is read is recorded. */
  private record View(Settings settings, Optional<Item> container) {}

  ScopeAnswers(StreamPlan plan, Scope scope, Settings settings, Optional<Item> container) {
    for (Answer answer : Answer.values()) {
      Set<Dependency> known = ConcurrentHashMap.newKeySet();
      java.util.function.Consumer<Dependency> reads =
          on -> {
            if (known.add(on)) {
              found.add(
                  new ScopeDependency(on.isSetting() ? Scope.of(plan.kind()) : scope, answer, on));
            }
          };
      Settings watched = settings.watched(name -> reads.accept(Dependency.setting(name)));
      views.put(answer, new View(watched, container.map(item -> item.watched(reads, watched))));
    }
    hiddenUnder = new HiddenUnder(plan.version(), settings, container);
  }

  /** A record of the scope as one answer sees it. */
  Item item(Answer answer, Json record, Parts parts) {
    View view = view(answer);
    return Item.of(record, view.container(), view.settings(), parts);
  }

  /** The settings as one answer sees them. */
  Settings settings(Answer answer) {
    return view(answer).settings();
  }

  private View view(Answer answer) {
    return java.util.Objects.requireNonNull(views.get(answer));
  }

  /** What was read and is not known to be committed. */
  List<ScopeDependency> unrecorded() {
    return found.stream().filter(dependency -> !recorded.contains(dependency)).toList();
  }

  /** Notes what is committed. */
  void recorded(Collection<ScopeDependency> committed) {
    recorded.addAll(committed);
  }

  /** Notes that a record was hidden: it is not stored, so only a full pass can bring it back. */
  void noteHidden() {
    hid = true;
  }

  /**
   * What decides which records are hidden, for the next checkpoint.
   *
   * @param before of the present checkpoint
   */
  String hiddenUnder(String before) {
    // One that differs is kept: the full pass that it asks for has not begun.
    return !hid || hiddenUnder.differs(before)
        ? before
        : hiddenUnder.text(
            before,
            found.stream()
                .filter(dependency -> dependency.answer() == Answer.VISIBILITY)
                .map(ScopeDependency::on)
                .toList());
  }

  /** Whether records may be visible by now that an earlier pass hid. */
  boolean mayShowMore(String hiddenBefore) {
    return hiddenUnder.differs(hiddenBefore);
  }
}
