package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.store.Journal;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.random.Action;
import dev.corpusync.testkit.trial.Index;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** What can happen to a world and to the engine that follows it, drawn one after another. */
final class RandomScenario {
  private static final int FEWEST = 6;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.status(503),
          Fault.rateLimited(Duration.ofHours(2)),
          Fault.reset(),
          Fault.truncated(),
          Fault.status(401),
          Fault.html(),
          Fault.malformedJson());

  /** The last two make a part unknown until its owner changes, and the owner is stored without. */
  private static List<Fault> faults(Trial trial) {
    boolean parts = Need.PARTS.lackedBy(trial.subject()).isEmpty();
    return parts ? FAULTS.subList(0, FAULTS.size() - 2) : FAULTS;
  }

  private RandomScenario() {}

  /** Something that happens; what it needs of chance is drawn when it is made. */
  private enum Event {
    CREATE {
      @Override
      void happen(Trial trial, int chance) {
        trial.world().add();
      }
    },
    EDIT {
      @Override
      void happen(Trial trial, int chance) {
        trial.world().edit(readable(trial, chance));
      }
    },
    HIDE {
      @Override
      boolean isPossible(Trial trial) {
        return enough(trial) && !hideable(trial.world()).isEmpty();
      }

      @Override
      void happen(Trial trial, int chance) {
        List<Thing> all = hideable(trial.world());
        trial
            .world()
            .hide(
                all.get(chance / 10 % all.size()),
                Hidden.values()[chance % Hidden.values().length]);
      }
    },
    SHOW {
      @Override
      boolean isPossible(Trial trial) {
        return hidden(trial.world()).stream().anyMatch(t -> t.hidden().isPresent());
      }

      @Override
      void happen(Trial trial, int chance) {
        List<Thing> hidden =
            hidden(trial.world()).stream().filter(t -> t.hidden().isPresent()).toList();
        trial.world().show(hidden.get(chance % hidden.size()));
      }
    },
    DELETE {
      @Override
      boolean isPossible(Trial trial) {
        return enough(trial);
      }

      @Override
      void happen(Trial trial, int chance) {
        trial.world().remove(readable(trial, chance));
      }
    },
    SYNC {
      @Override
      void happen(Trial trial, int chance) {
        // The first may only end a listing that was interrupted: what has changed since it began
        // comes with the second.
        for (int i = 0; i < 2; i++) {
          Run run = trial.process(engine -> settled(engine, engine.sync(Trial.KEY)));
          // P10: so does what failed alone and cannot be fetched by id.
          if (i > 0 || run.state() != Run.State.NEEDS_REVIEW) {
            Area.succeeded(run, "in the middle of a story");
          }
        }
        if (trial.subject().wire().surface().pages().stream().anyMatch(Pages::drifts)) {
          // What moved to a page that was read already comes back when everything is read again.
          RESYNC.happen(trial, chance);
        }
        trial.index().isWholeButForDeleted("after a sync in the middle of a story");
      }
    },
    RESYNC {
      @Override
      void happen(Trial trial, int chance) {
        // The first may only end a listing that was interrupted, and what a listing only leaves out
        // is believed the second time.
        for (int i = 0; i < 3; i++) {
          Run run = trial.process(engine -> settled(engine, engine.resync(Trial.KEY)));
          if (i > 0 || run.state() != Run.State.NEEDS_REVIEW) {
            Area.succeeded(run, "of everything in the middle of a story");
          }
        }
        trial.index().isWhole("after everything was read in the middle of a story");
      }
    },
    CRASH {
      @Override
      void happen(Trial trial, int chance) {
        int step = 1 + chance / 2 % 12;
        CrashPlan plan = chance % 2 == 0 ? CrashPlan.before(step) : CrashPlan.after(step);
        try {
          trial.process(plan, engine -> engine.sync(Trial.KEY));
        } catch (SimulatedCrash died) {
          // As planned, if the run was long enough.
        }
      }
    },
    FAULT {
      @Override
      void happen(Trial trial, int chance) {
        int from = trial.server().count() + 1 + chance % 5;
        List<Fault> faults = faults(trial);
        Fault fault = faults.get(chance / 5 % faults.size());
        trial
            .server()
            .faulting(
                asked ->
                    asked.number() >= from
                        ? java.util.Optional.of(fault)
                        : java.util.Optional.empty());
        Run run = chance % 3 == 0 ? trial.resync() : trial.sync();
        trial.server().heal();
        // Until then no process asks: what follows would be of a run that does nothing.
        run.notBefore()
            .map(open -> Duration.between(trial.time().now(), open))
            .filter(wait -> !wait.isNegative())
            .ifPresent(trial.time()::advance);
        Journal journal = trial.store().journal();
        if (!journal.failures(Trial.KEY, 1).isEmpty()
            || !journal.unreadParts(Trial.KEY, 1).isEmpty()) {
          // What failed alone is tried again after a day at the latest.
          trial.time().advance(Duration.ofDays(1));
        }
      }
    },
    JUMP {
      @Override
      void happen(Trial trial, int chance) {
        trial.time().advance(Duration.ofHours(1 + chance % 100));
        trial.world().pass(Duration.ofMinutes(chance % 200));
      }
    };

    boolean isPossible(Trial trial) {
      return true;
    }

    abstract void happen(Trial trial, int chance);

    private static boolean enough(Trial trial) {
      return trial.world().readable().size() > FEWEST;
    }

    private static Thing readable(Trial trial, int chance) {
      List<Thing> all = trial.world().readable();
      return all.get(chance % all.size());
    }

    /** A person approves what the guard holds: the world has shrunk indeed. */
    private static Run settled(Corpusync engine, Run run) {
      List<HeldDeletion> held = engine.heldDeletions(Trial.KEY);
      if (held.isEmpty()) {
        return run;
      }
      held.forEach(plan -> engine.approve(Trial.KEY, plan.plan()));
      return engine.sync(Trial.KEY);
    }
  }

  /** One line of a story. */
  private record Line(Event event, int chance) implements Action<Trial> {
    @Override
    public boolean isPossible(Trial trial) {
      return event.isPossible(trial);
    }

    @Override
    public void run(Trial trial) {
      event.happen(trial, chance);
      keepsSecrets(trial);
    }

    @Override
    public String toString() {
      return event + "(" + chance + ")";
    }
  }

  static Action<Trial> next(SplittableRandom random) {
    Event[] all = Event.values();
    return new Line(all[random.nextInt(all.length)], random.nextInt(10_000));
  }

  /** Whatever has just happened: the words of what is hidden now are stored nowhere. */
  private static void keepsSecrets(Trial trial) {
    List<String> marks = hidden(trial.world()).stream().map(Thing::mark).toList();
    assertThat(trial.index().documents().values().stream().flatMap(d -> Index.texts(d).stream()))
        .as("texts that are stored, while %s are hidden", marks)
        .noneMatch(text -> marks.stream().anyMatch(mark -> text.endsWith(mark)));
  }

  /**
   * What can be hidden: things whose records say so, else all containers but one. What is for its
   * readers only may already say what a hidden one says.
   */
  private static List<Thing> hideable(World world) {
    List<Thing> all =
        world.types().stream()
            .filter(type -> type.has(Trait.HIDEABLE))
            .flatMap(type -> world.visible(type.kind()).stream())
            .filter(thing -> !thing.isRestricted())
            .toList();
    List<Thing> readable = all.stream().filter(world.readable()::contains).toList();
    return readable.isEmpty() ? all.stream().skip(1).toList() : readable;
  }

  /** What exists and is not visible, but for containers. */
  private static List<Thing> hidden(World world) {
    return world.types().stream()
        .filter(type -> !world.isContainer(type))
        .flatMap(type -> world.listed(type.kind()).stream())
        .filter(thing -> !thing.isVisible())
        .toList();
  }
}
