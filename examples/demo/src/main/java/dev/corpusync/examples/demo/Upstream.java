package dev.corpusync.examples.demo;

import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** What the demo syncs from, and what is true there: every claim is checked against it. */
interface Upstream {
  FakeApi api();

  /** The settings that reach it once it is served. */
  Map<String, String> settings(URI server);

  /** The documents that may be stored now, and no others. */
  Set<Ref> visible();

  /** How many containers hold them. */
  int repositories();

  /** For a person: what this is. */
  String describe();

  /** Something that is written there. */
  String question();
}
