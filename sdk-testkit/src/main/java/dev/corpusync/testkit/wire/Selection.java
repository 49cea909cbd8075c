package dev.corpusync.testkit.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields that a GraphQL query asks for: a server gives no others, so a connector that forgets
 * one is found out. Reads what queries of connectors hold: fields, aliases, arguments, inline
 * fragments.
 */
final class Selection {
  private static final Pattern HEADER =
      Pattern.compile("^\\s*query\\s+(\\w+)\\s*(\\([^)]*\\))?\\s*", Pattern.DOTALL);
  private static final Pattern USED = Pattern.compile("\\$(\\w+)");
  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\s,]*(\\.\\.\\.\\s*on\\s+\\w+|\\w+|\\{|\\}|:|\\(|\\)|\\Z|.)", Pattern.DOTALL);

  /** What the kit itself puts into records comes through, asked for or not. */
  private static final String OF_THE_KIT = "unforeseen";

  private final Map<String, Selection> fields = new LinkedHashMap<>();

  private Selection() {}

  /**
   * A query of one name.
   *
   * @param fields of the answer's data
   */
  record Query(String name, Selection fields) {}

  /** Empty for what a server would refuse: no name, braces that do not match, unknown variables. */
  static Optional<Query> of(String query) {
    Matcher header = HEADER.matcher(query);
    if (!header.find()) {
      return Optional.empty();
    }
    String declared = Optional.ofNullable(header.group(2)).orElse("");
    boolean known =
        USED.matcher(query.substring(header.end()))
            .results()
            .allMatch(used -> declared.contains("$" + used.group(1) + ":"));
    Matcher tokens = TOKEN.matcher(query).region(header.end(), query.length());
    try {
      expect(tokens, "{");
      Selection fields = new Selection().read(tokens);
      return known && next(tokens).isEmpty()
          ? Optional.of(new Query(header.group(1), fields))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What is asked for of some data. */
  JsonNode of(JsonNode data) {
    if (fields.isEmpty()) {
      return data;
    }
    if (data instanceof ArrayNode array) {
      ArrayNode some = JsonTree.MAPPER.createArrayNode();
      array.forEach(element -> some.add(of(element)));
      return some;
    }
    if (!(data instanceof ObjectNode object)) {
      return data;
    }
    ObjectNode some = JsonTree.object();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Selection asked = fields.get(field.getKey());
      if (asked != null) {
        some.set(field.getKey(), asked.of(field.getValue()));
      } else if (field.getKey().startsWith(OF_THE_KIT)) {
        some.set(field.getKey(), field.getValue());
      }
    }
    return some;
  }

  /** Up to the brace that closes it. */
  private Selection read(Matcher tokens) {
    Selection last = this;
    for (String token = next(tokens); !token.equals("}"); token = next(tokens)) {
      switch (token) {
        case "{" -> last.read(tokens);
        case "(" -> skipArguments(tokens);
        case ":" -> next(tokens);
        default -> {
          boolean fragment = token.startsWith("...");
          if (!fragment && !token.matches("\\w+")) {
            throw new IllegalArgumentException("not a field: " + token);
          }
          last = fragment ? this : fields.computeIfAbsent(token, name -> new Selection());
        }
      }
    }
    return this;
  }

  private static void skipArguments(Matcher tokens) {
    int open = 1;
    while (open > 0) {
      String token = next(tokens);
      if (token.isEmpty()) {
        throw new IllegalArgumentException("a parenthesis is not closed");
      }
      open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
    }
  }

  private static void expect(Matcher tokens, String token) {
    if (!next(tokens).equals(token)) {
      throw new IllegalArgumentException("expected " + token);
    }
  }

  /** Blank at the end. */
  private static String next(Matcher tokens) {
    return tokens.find() ? tokens.group(1) : "";
  }
}
