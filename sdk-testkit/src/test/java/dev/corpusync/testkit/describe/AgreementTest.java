package dev.corpusync.testkit.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Setting.Type;
import dev.corpusync.describe.ConfigurationJson;
import dev.corpusync.describe.ConfigurationSchema;
import dev.corpusync.error.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An independent JSON Schema validator, given the exported schema, accepts a configuration exactly
 * when this SDK does: once texts are stripped and blank ones left out, as forms do it.
 */
class AgreementTest {
  private static final long SEED = 20261121;
  private static final int RANDOM = 30_000;
  private static final String NASTY =
      "aZ09 .:/?#[]@!$&'()*+,;=%-_~\"<>\\^`{|}\n\t\u0000\u007f\u00a0\u00fc\u2028\ud83d\ude00\ufeff";
  private static final Set<Type> TYPED = Set.of(Type.CHECKBOX, Type.NUMBER, Type.DATE_RANGE);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  // As the standard has it, "format" asserts nothing: what it means is up to each validator.
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode EXPORTED =
      ConfigurationSchema.of("AllFieldTypes", AllFieldTypes.ALL);
  private static final Schema SCHEMA = SCHEMAS.getSchema(EXPORTED);

  /** The least that is enough, in single quotes. */
  private static final String LEAST =
      "'base_url':'https://wiki.example.com','team':'red','spaces':['ab']";

  static List<String> good() {
    return List.of(
        "",
        "'hosting':'cloud'",
        "'hosting':'server','site':'x'",
        "'hosting':'server','site':'x','port':443",
        "'archived':true,'contact':'ada@example.com'",
        "'archived':false",
        "'depth':-5",
        "'depth':40.0",
        "'depth':4,'skipped':['a','a']",
        "'skipped':[]",
        "'count':9007199254740991",
        "'count':-1e3",
        "'owner':'a.b+c@mail.example.co'",
        "'levels':[]",
        "'levels':['high','low']",
        "'project':'ABC'",
        "'project':'ABC, the first'",
        "'labels':['one'],'note':'x'",
        "'labels':[' ',' two ']",
        "'since':'2026-02-28T23:59:59Z'",
        "'since':'2024-02-29T00:00:00.123456789+05:30'",
        "'since':'2024-02-29T00:00:00-18:00'",
        "'period':{'from':'2026-01-01'}",
        "'period':{'from':'2026-01-01','to':'2026-01-01'}",
        "'period':{'to':'2026-01-01','from':' '}",
        "'proxy_password':'p4ss w\\u00f6rd \\ud83d\\ude00'",
        "'owner':''",
        "'team':' \\u00a0red\\ufeff'",
        "'base_url':'http://localhost:65535//'",
        "'base_url':'http://127.0.0.1/a%20b;c=d/'",
        "'base_url':'https://[::1]:8443/x'",
        "'base_url':'https://[2001:db8::8:800:200c:417a]'",
        "'base_url':'https://xn--bcher-kva.example'");
  }

  static List<String> bad() {
    return List.of(
        "'hosting':'moon'",
        "'hosting':true",
        "'hosting':null",
        "'hosting':'server'",
        "'hosting':'cloud','site':'x'",
        "'site':'x'",
        "'hosting':'server','site':' '",
        "'hosting':'server','site':'x','port':0",
        "'port':443",
        "'archived':true",
        "'archived':'true'",
        "'contact':'ada@example.com'",
        "'archived':true,'contact':'ada'",
        "'depth':41",
        "'depth':3.5",
        "'depth':'3'",
        "'depth':1e400",
        "'depth':1e999999999",
        "'depth':5,'skipped':['a']",
        "'count':9007199254740992",
        "'owner':'ada@localhost'",
        "'owner':'ada..b@example.com'",
        "'owner':'" + "a".repeat(250) + "@example.com'",
        "'levels':['low','low']",
        "'levels':['lowest']",
        "'levels':'low'",
        "'levels':[['low']]",
        "'labels':['a,b']",
        "'labels':['a\\nb']",
        "'labels':['" + "x".repeat(501) + "']",
        "'labels':[" + "'x',".repeat(1_000) + "'x']",
        "'labels':[null]",
        "'note':'x'",
        "'spaces':[]",
        "'spaces':['a']",
        "'spaces':['abcdefghijk']",
        "'since':'2026-02-30T00:00:00Z'",
        "'since':'2026-02-29T00:00:00Z'",
        "'since':'2100-02-29T00:00:00Z'",
        "'period':{'from':'2026-04-31'}",
        "'since':'2026-02-28T24:00:00Z'",
        "'since':'2026-02-28T23:59:60Z'",
        "'since':'2026-02-28'",
        "'since':'2026-02-28T00:00:00'",
        "'since':'2026-02-28t00:00:00z'",
        "'since':'2026-02-28T00:00:00+19:00'",
        "'since':1767225600",
        "'period':{}",
        "'period':{'from':'2026-02-30'}",
        "'period':{'from':'12026-01-01'}",
        "'period':{'from':'2026-01-01','until':'2026-01-02'}",
        "'period':'2026-01-01/2026-01-02'",
        "'proxy_password':'abc'",
        "'proxy_password':'abcd\\n'",
        "'proxy_password':'abcd\\u0000'",
        "'proxy_password':'abcd\\ud83d'",
        "'proxy_password':'" + "x".repeat(201) + "'",
        "'team':''",
        "'team':'Red'",
        "'team':'r'",
        "'team':'red\\n'",
        "'team':'red\\u2028'",
        "'team':'" + "r".repeat(1_000_000) + "'",
        "'base_url':'wiki.example.com'",
        "'base_url':'ftp://wiki.example.com'",
        "'base_url':'https://wiki.example.com?x=1'",
        "'base_url':'https://user:pass@wiki.example.com'",
        "'base_url':'https://wiki.example.com:70000'",
        "'base_url':'https://wiki_1.example.com'",
        "'base_url':'https://256.1.1.1'",
        "'base_url':'https://[:::1]'",
        "'base_url':'https://[1:2:3:4:5:6:7:8:9]'",
        "'base_url':'https://wiki.example.com/a b'",
        "'base_url':'https://wiki.example.com/%zz'",
        "'base_url':'https://b\\u00fccher.example'",
        "'base_url':'https://wiki.example.com/\\r\\nX-Evil: 1'",
        "'base_url':['https://wiki.example.com']",
        "'tema':'red'");
  }

  @ParameterizedTest
  @MethodSource("good")
  void takes_the_same(String fields) {
    JsonNode given = configuration(fields);

    assertThat(isTaken(given)).as("taken by us").isTrue();
    assertThat(SCHEMA.validate(tidy(given))).as("refused by the schema").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refuses_the_same(String fields) {
    JsonNode given = configuration(fields);

    assertThat(isTaken(given)).as("taken by us").isFalse();
    assertThat(SCHEMA.validate(tidy(given))).as("refused by the schema").isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"base_url", "team", "spaces"})
  void refuses_the_same_where_a_required_field_is_missing(String field) {
    ObjectNode given = configuration("");
    given.remove(field);

    assertThat(isTaken(given)).isFalse();
    assertThat(SCHEMA.validate(given)).isNotEmpty();
  }

  @Test
  void is_a_schema_by_the_schema_of_schemas() {
    Schema schemas = SCHEMAS.getSchema(SchemaLocation.of(EXPORTED.path("$schema").stringValue()));

    assertThat(schemas.validate(EXPORTED)).isEmpty();
  }

  @Test
  void a_range_that_ends_before_it_starts_is_the_one_thing_that_no_schema_can_say() {
    JsonNode given = configuration("'period':{'from':'2026-01-02','to':'2026-01-01'}");

    assertThat(isTaken(given)).isFalse();
    assertThat(SCHEMA.validate(given)).isEmpty();
  }

  @Test
  void agrees_on_what_chance_makes_of_them() {
    Random random = new Random(SEED);
    List<JsonNode> values = valuesOfTheTables();
    int taken = 0;
    for (int i = 0; i < RANDOM; i++) {
      ObjectNode given = chance(random, values);
      boolean ours = isTaken(given);
      assertThat(SCHEMA.validate(tidy(given)).isEmpty())
          .as("number %s of seed %s is taken by the schema, as by us: %s", i, SEED, given)
          .isEqualTo(ours);
      taken += ours ? 1 : 0;
    }
    System.out.println("agreement: " + taken + " of " + RANDOM + " taken (seed " + SEED + ")");
    assertThat(taken).as("both verdicts are met").isBetween(RANDOM / 20, RANDOM * 19 / 20);
  }

  /** One or two fields of a good configuration get a value that stood somewhere in the tables. */
  private static ObjectNode chance(Random random, List<JsonNode> values) {
    List<String> good = good();
    ObjectNode given = configuration(good.get(random.nextInt(good.size())));
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      Setting<?> setting = AllFieldTypes.ALL.get(random.nextInt(AllFieldTypes.ALL.size()));
      List<JsonNode> own =
          good.stream()
              .map(AgreementTest::configuration)
              .filter(c -> c.has(setting.name()))
              .map(c -> c.path(setting.name()))
              .toList();
      List<JsonNode> from = random.nextBoolean() && !own.isEmpty() ? own : values;
      given.set(setting.name(), bent(random, from.get(random.nextInt(from.size()))));
    }
    return given;
  }

  /** Half of the texts get one character more, less, or another one. */
  private static JsonNode bent(Random random, JsonNode value) {
    if (!value.isString() || value.stringValue().isEmpty() || random.nextBoolean()) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.stringValue());
    int at = random.nextInt(text.length());
    if (random.nextBoolean()) {
      text.deleteCharAt(at);
    }
    if (random.nextBoolean()) {
      text.insert(at, NASTY.charAt(random.nextInt(NASTY.length())));
    }
    return JSON.getNodeFactory().stringNode(text.toString());
  }

  private static List<JsonNode> valuesOfTheTables() {
    List<JsonNode> values = new ArrayList<>();
    for (String fields : good()) {
      values.addAll(configuration(fields).values());
    }
    for (String fields : bad()) {
      configuration(fields).values().stream()
          .filter(value -> value.toString().length() < 10_000)
          .forEach(values::add);
    }
    return values;
  }

  private static boolean isTaken(JsonNode given) {
    try {
      ConfigurationJson.read(AllFieldTypes.ALL, given);
      return true;
    } catch (InvalidConfigurationException e) {
      return false;
    }
  }

  private static ObjectNode configuration(String fields) {
    ObjectNode all = (ObjectNode) JSON.readTree(("{" + LEAST + "}").replace('\'', '"'));
    all.setAll((ObjectNode) JSON.readTree(("{" + fields + "}").replace('\'', '"')));
    return all;
  }

  /** What a form does before it sends: it strips texts and leaves out what is empty. */
  private static ObjectNode tidy(JsonNode given) {
    ObjectNode tidy = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      Optional<Type> type =
          AllFieldTypes.ALL.stream()
              .filter(s -> s.name().equals(field.getKey()))
              .map(Setting::type)
              .findFirst();
      tidy(type, field.getValue()).ifPresent(value -> tidy.set(field.getKey(), value));
    }
    return tidy;
  }

  private static Optional<JsonNode> tidy(Optional<Type> type, JsonNode value) {
    boolean several = type.filter(Type::isSeveral).isPresent();
    if (several && value.isArray()) {
      ArrayNode words = JSON.createArrayNode();
      value.forEach(word -> text(word).ifPresent(words::add));
      return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
    if (type.equals(Optional.of(Type.DATE_RANGE)) && value.isObject()) {
      ObjectNode ends = JSON.createObjectNode();
      value.properties().forEach(e -> text(e.getValue()).ifPresent(v -> ends.set(e.getKey(), v)));
      return Optional.of(ends);
    }
    boolean typed = several || type.filter(TYPED::contains).isPresent();
    return typed ? Optional.of(value) : text(value);
  }

  private static Optional<JsonNode> text(JsonNode value) {
    if (!value.isString()) {
      return Optional.of(value);
    }
    String blank = "[ \\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff]+";
    String line = value.stringValue().replaceAll("^" + blank, "").replaceAll(blank + "\\z", "");
    return line.isEmpty() ? Optional.empty() : Optional.of(JSON.getNodeFactory().stringNode(line));
  }
}
