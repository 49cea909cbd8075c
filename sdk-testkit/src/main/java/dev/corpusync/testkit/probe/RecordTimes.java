package dev.corpusync.testkit.probe;

import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The times in a record, wherever they stand. */
public final class RecordTimes {
  private RecordTimes() {}

  /** Whether any document's record says when it was changed. */
  public static boolean areIn(Subject subject) {
    World world = new World(1, subject.wire().types(), 2);
    return subject.documentStreams().stream()
        .flatMap(stream -> world.visible(stream.kind().name()).stream())
        .anyMatch(
            thing ->
                subject.wire().surface().shown(thing).filter(json -> has(json, thing)).isPresent());
  }

  private static boolean has(ObjectNode record, Thing thing) {
    return record.toString().contains("\"" + thing.updated() + "\"");
  }

  /** Writes every time otherwise; one that becomes empty is left out. */
  public static ObjectNode rewrite(ObjectNode record, Function<Instant, Optional<String>> form) {
    for (String name : List.copyOf(record.propertyNames())) {
      if (record.get(name) instanceof ObjectNode inner) {
        rewrite(inner, form);
      } else if (record.get(name).isString()) {
        time(record.get(name).stringValue())
            .ifPresent(
                time ->
                    form.apply(time)
                        .ifPresentOrElse(
                            text -> record.put(name, text), () -> record.remove(name)));
      }
    }
    return record;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
