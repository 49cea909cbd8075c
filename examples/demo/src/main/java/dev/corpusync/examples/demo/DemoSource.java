package dev.corpusync.examples.demo;

import dev.corpusync.document.Ref;
import dev.corpusync.testkit.fake.FakeApi;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The source that the demo syncs, with its current state: statements are checked against it. */
interface DemoSource {
  FakeApi api();

  /** The connection settings, once a server serves the API. */
  Map<String, String> settings(URI server);

  /** Exactly the documents that may be stored now. */
  Set<Ref> visible();

  /** The number of repositories. */
  int repositories();

  /** A description for the output. */
  String describe();

  /** A search query with results. */
  String query();
}
