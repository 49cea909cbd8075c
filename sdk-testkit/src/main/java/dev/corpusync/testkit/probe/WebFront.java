package dev.corpusync.testkit.probe;

import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.testkit.world.World;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where people read things: it finds what an address leads to as web fronts do, by what stands in
 * its path or its query and is of one thing only.
 */
public final class WebFront {
  private final Map<Thing, Set<String>> names = new HashMap<>();
  private final Map<Comment, Set<String>> ofComments = new HashMap<>();

  public WebFront(Subject subject, World world, String kind) {
    List<Thing> things = world.listed(kind);
    Map<String, Integer> uses = new HashMap<>();
    Map<Thing, Set<String>> values = new HashMap<>();
    Map<Comment, Set<String>> ofEachComment = new HashMap<>();
    for (Thing thing : things) {
      Set<String> own = values(subject.wire().surface().shown(thing).orElseThrow());
      own.add(thing.url());
      own.forEach(value -> uses.merge(value, 1, Integer::sum));
      values.put(thing, own);
      subject
          .wire()
          .surface()
          .comments(thing)
          .forEach((comment, json) -> ofEachComment.put(comment, values(json)));
    }
    ofEachComment.values().forEach(own -> own.forEach(v -> uses.merge(v, 1, Integer::sum)));
    values.forEach((thing, own) -> names.put(thing, unique(own, uses)));
    ofEachComment.forEach((comment, own) -> ofComments.put(comment, unique(own, uses)));
  }

  private static Set<String> values(ObjectNode record) {
    Set<String> values = new TreeSet<>();
    for (JsonPointer at : FieldPaths.where(record, v -> v.isValueNode() && !v.isNull())) {
      values.add(record.at(at).asString());
    }
    return values;
  }

  private static Set<String> unique(Set<String> values, Map<String, Integer> uses) {
    return values.stream().filter(v -> uses.getOrDefault(v, 0) == 1).collect(Collectors.toSet());
  }

  /** What an address leads to; one thing, if it is a good one. */
  public List<Thing> at(URI link) {
    return named(names, link);
  }

  /** Whether an address leads to the page of one comment, whose text a passage has. */
  public boolean isPageOf(URI link, String passage) {
    List<Comment> found = named(ofComments, link);
    return found.size() == 1 && passage.contains(found.get(0).text());
  }

  private static <T> List<T> named(Map<T, Set<String>> names, URI link) {
    Set<String> said = new TreeSet<>(words(link));
    said.add(link.toString());
    said.add(withoutFragment(link));
    return names.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(said::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What stands in its path, its query and its fragment, decoded once. */
  public static List<String> words(URI link) {
    List<String> words = new ArrayList<>();
    add(words, link.getRawPath(), "/");
    add(words, link.getRawQuery(), "[&=]");
    add(words, link.getRawFragment(), "[/&=?]");
    return words;
  }

  private static void add(List<String> words, @Nullable String part, String between) {
    if (part != null) {
      for (String raw : part.split(between)) {
        // A plus is a plus outside of forms.
        words.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
  }

  private static String withoutFragment(URI link) {
    String text = link.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }
}
