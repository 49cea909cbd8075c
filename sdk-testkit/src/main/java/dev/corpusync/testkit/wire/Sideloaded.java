package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.World;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * People whom an answer sends beside its records, each once.
 *
 * @param name of their array in the body
 * @param field of a record, with a person's login or number
 */
record Sideloaded(String name, String field, Function<Person, ObjectNode> json) {
  private Pattern named(Person person) {
    return Pattern.compile(
        '"' + field + "\":(?:\"" + person.login() + "\"|" + person.number() + "\\b)");
  }

  /** Written into the text as it is: a check may have put values there that no parser keeps. */
  FakeReply added(FakeReply reply, World world) {
    String body = new String(reply.body(), StandardCharsets.UTF_8);
    int end = body.lastIndexOf('}');
    if (reply.status() != 200 || end < 0) {
      return reply;
    }
    String people =
        world.people().stream()
            .filter(p -> named(p).matcher(body).find())
            .map(p -> json.apply(p).toString())
            .collect(Collectors.joining(","));
    String added = body.substring(0, end) + ",\"" + name + "\":[" + people + "]}";
    return new FakeReply(reply.status(), reply.headers(), added.getBytes(StandardCharsets.UTF_8));
  }
}
