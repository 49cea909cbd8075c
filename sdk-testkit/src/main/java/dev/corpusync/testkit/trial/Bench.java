package dev.corpusync.testkit.trial;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where checks find their subject and make their trials. One for all checks of one contract, which
 * run one after another: it remembers what only all of them together can show.
 */
public final class Bench {
  /** Seeds every world, unless the property {@code corpusync.seed} says another. */
  public static final long SEED = Long.getLong("corpusync.seed", 20260301);

  /** Visible things of each kind in a usual trial: more than three pages. */
  public static final int SIZE = 12;

  private final LeakDetector watch = new LeakDetector();
  private final Map<String, Object> found = new HashMap<>();

  private Profile profile = Profile.current();
  private Optional<Duration> limit =
      Optional.ofNullable(Long.getLong("corpusync.limit")).map(Duration::ofSeconds);

  private Optional<Supplier<Subject>> next = Optional.empty();
  private Optional<Subject> subject = Optional.empty();
  private Optional<Trial> latest = Optional.empty();
  private boolean strict;
  private String compared = "";
  private Optional<String> unsound = Optional.empty();

  /** The next check is on this: the same connector on a store of its own. */
  public Bench on(Supplier<Subject> nextSubject) {
    latest = Optional.empty();
    subject = Optional.empty();
    next = Optional.of(nextSubject);
    return this;
  }

  public Subject subject() {
    Subject now =
        subject.orElseGet(
            () ->
                next.orElseThrow(() -> new IllegalStateException("no check runs on this bench"))
                    .get());
    subject = Optional.of(now);
    return now;
  }

  public Trial trial(World world) {
    return trial(world, subject());
  }

  /** A trial of the same subject on another store. */
  public Trial trial(World world, StoreFixture store) {
    return trial(world, subject().on(store));
  }

  private Trial trial(World world, Subject tried) {
    Trial trial = new Trial(tried, this::reborn, world, watch);
    latest = Optional.of(trial);
    return trial;
  }

  /** The connector of another process, in which nothing that the last one remembered is left. */
  Connector reborn() {
    return next.map(Supplier::get).orElseGet(this::subject).connector();
  }

  /** Returns how long one check may take, in real time; the long runs need more of it. */
  public Duration limit() {
    return limit.orElse(Duration.ofSeconds(profile == Profile.LONG ? 3_600 : 60));
  }

  public Bench within(Duration longest) {
    limit = Optional.of(longest);
    return this;
  }

  /** What several checks look at and is dear to find out; found by the first of them. */
  public <T> T once(Class<T> type, String what, Supplier<T> find) {
    Object known = found.get(what);
    T value = known == null ? find.get() : type.cast(known);
    found.put(what, value);
    return value;
  }

  /** Notes which recording of the real API the wire format was compared with. */
  public void comparedWith(String recording) {
    compared = recording;
  }

  /** Which recording the wire format was compared with; blank if none. */
  public String comparedWith() {
    return compared;
  }

  /** What looks around every check. */
  public LeakDetector watch() {
    return watch;
  }

  /** Whether what a connector should pass fails the build as what it must pass does. */
  public boolean isStrict() {
    return strict;
  }

  public Bench strict(boolean all) {
    strict = all;
    return this;
  }

  /** Returns how much the checks do. */
  public Profile profile() {
    return profile;
  }

  /** Sets how much the checks do, whatever the system property says. */
  public Bench profile(Profile amount) {
    profile = amount;
    return this;
  }

  /** The trial that a failure was seen in. */
  public Optional<Trial> latest() {
    return latest;
  }

  /** A check of the fixture failed: no other one proves anything now. */
  public void unsound(String check) {
    unsound = Optional.of(unsound.orElse(check));
  }

  public Optional<String> unsound() {
    return unsound;
  }
}
