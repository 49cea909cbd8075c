package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Paging by a cursor or URL in a field of the body. */
final class FieldPaging implements Paging {
  private final BiFunction<Call, String, Call> at;
  private final Function<Reply, Step> next;

  private FieldPaging(BiFunction<Call, String, Call> at, Function<Reply, Step> next) {
    this.at = at;
    this.next = next;
  }

  static Paging strict(String parameter, String field) {
    return new FieldPaging(
        (call, position) -> call.parameter(parameter, position), reply -> present(reply, field));
  }

  static Paging omitted(String parameter, String field) {
    return new FieldPaging(
        (call, position) -> call.parameter(parameter, position),
        reply ->
            Declared.read(reply, json -> json.findId(field))
                .map(Step::at)
                .orElse(Step.end(Proof.INFERRED)));
  }

  static Paging blank(String parameter, String field) {
    return new FieldPaging(
        (call, position) -> call.parameter(parameter, position),
        reply -> {
          String cursor = Declared.read(reply, json -> json.text(field));
          return cursor.isEmpty() ? Step.end(Proof.SAID) : Step.at(cursor);
        });
  }

  static Paging hasMore(String parameter, String field, String hasMore, Proof end) {
    return new FieldPaging(
        (call, position) -> call.parameter(parameter, position),
        reply ->
            Declared.read(reply, json -> json.flag(hasMore))
                ? Step.at(Declared.read(reply, json -> scalar(json, field)))
                : Step.end(end));
  }

  static Paging url(String field, boolean strict) {
    return new FieldPaging(
        (call, position) -> Call.follow(position).headersOf(call),
        reply ->
            strict
                ? present(reply, field)
                : Declared.read(reply, json -> json.findText(field))
                    .map(Step::at)
                    .orElse(Step.end(Proof.INFERRED)));
  }

  @Override
  public Call at(Call first, String position) {
    return at.apply(first, position);
  }

  @Override
  public Step next(Reply reply, int records, Optional<String> position) {
    return next.apply(reply);
  }

  /** Null is the end, absent an error. */
  private static Step present(Reply reply, String field) {
    int slash = field.lastIndexOf('/');
    Json holder =
        Declared.read(reply, json -> json.child(slash < 0 ? "" : field.substring(0, slash)));
    String name = field.substring(slash + 1);
    if (!holder.tree().has(name)) {
      throw new MalformedReplyException(
          reply.call()
              + " answered without '"
              + field
              + "': that is not the end of the listing. Check the path, or use the form for APIs that leave it out");
    }
    return holder.has(name)
        ? Step.at(Declared.read(reply, json -> scalar(json, field)))
        : Step.end(Proof.SAID);
  }

  private static String scalar(Json json, String field) {
    return json.child(field).tree().isString() ? json.text(field) : json.id(field);
  }
}
