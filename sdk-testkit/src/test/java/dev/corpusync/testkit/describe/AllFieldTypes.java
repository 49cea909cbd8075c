package dev.corpusync.testkit.describe;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.DateRange;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** A connector with a field of every type, with every rule. */
final class AllFieldTypes {
  static final Setting<URI> URL =
      Setting.url("base_url", "Address of the site")
          .pattern("[^?#]*", "an address without ? and #")
          .example("https://wiki.example.com/rest");
  static final Setting<String> HOSTING =
      Setting.select(
              "hosting",
              "Where it runs",
              Option.of("cloud", "In the vendor's cloud"),
              Option.of("server", "On our own server"))
          .withDefault("cloud");
  static final Setting<String> TEAM =
      Setting.text("team", "Team").pattern("[a-z][a-z-]*", "lower case letters").length(2, 20);
  static final Setting<Secret> PASSWORD =
      Setting.password("proxy_password", "Password of the proxy").length(4, 200).optional();
  static final Setting<Boolean> ARCHIVED = Setting.checkbox("archived", "Archived spaces too");
  static final Setting<Long> DEPTH =
      Setting.number("depth", "How deep").range(-5, 40).withDefault("3").help("Zero is the top.");
  static final Setting<Long> COUNT = Setting.number("count", "How many").optional();
  static final Setting<String> OWNER = Setting.email("owner", "Who answers").optional();
  static final Setting<List<String>> LEVELS =
      Setting.multiSelect("levels", "Levels", Option.of("low"), Option.of("mid"), Option.of("high"))
          .withDefault("low,mid");
  static final Setting<String> PROJECT = Setting.select("project", "Project").fetched().optional();
  static final Setting<List<String>> SPACES = Setting.list("spaces", "Spaces").length(2, 10);
  static final Setting<List<String>> LABELS = Setting.list("labels", "Labels").withDefault("");
  static final Setting<Instant> SINCE = Setting.instant("since", "Changed since").optional();
  static final Setting<DateRange> PERIOD = Setting.dateRange("period", "Created in").optional();
  static final Setting<String> SITE = Setting.text("site", "Site").shownIf(HOSTING, "server");
  static final Setting<Long> PORT =
      Setting.number("port", "Port").range(1, 65_535).optional().shownIf(SITE);
  static final Setting<String> CONTACT =
      Setting.email("contact", "Administrator").shownIf(ARCHIVED, "true");
  static final Setting<List<String>> SKIPPED =
      Setting.list("skipped", "Skipped pages").withDefault("").shownIf(DEPTH, "3", "4");
  static final Setting<String> NOTE =
      Setting.text("note", "Note").withDefault("none").shownIf(LABELS);
  static final List<Setting<?>> ALL =
      List.of(
          URL, HOSTING, TEAM, PASSWORD, ARCHIVED, DEPTH, COUNT, OWNER, LEVELS, PROJECT, SPACES,
          LABELS, SINCE, PERIOD, SITE, PORT, CONTACT, SKIPPED, NOTE);

  private AllFieldTypes() {}
}
