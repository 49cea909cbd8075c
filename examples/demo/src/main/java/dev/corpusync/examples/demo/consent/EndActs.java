package dev.corpusync.examples.demo.consent;

import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.examples.demo.telling.Teller;
import dev.corpusync.feed.Change;
import java.io.IOException;
import java.util.List;

/** The account is disconnected, and nothing secret was written down anywhere, ever. */
final class EndActs {
  private final ConsentStage stage;
  private final Teller teller;
  private final Facts facts;
  private final TaintScan scan;

  EndActs(ConsentStage stage, Teller teller, TaintScan scan) {
    this.stage = stage;
    this.teller = teller;
    this.scan = scan;
    facts = stage.facts;
  }

  void play() throws IOException, InterruptedException {
    // While everything is there: an empty database would prove nothing.
    List<String> findings = scan.findings();
    List<String> readable = scan.mentions(NotesApi.WORDS);
    disconnected();
    scanned(findings, readable);
  }

  private void disconnected() throws IOException, InterruptedException {
    facts.act("disconnected");
    long before = stage.sealed();
    boolean told = stage.client.disconnect(ConsentStage.KEY, stage.settings);
    teller.check(before > 0 && !stage.hasTokens(), "the tokens are erased");
    teller.check(stage.documents() == NotesApi.NOTES, "and nothing else yet");
    teller.check(told && !stage.isTokenActive(), "Keycloak knows that they are not needed");
    teller.say(
        "%n9. Alice's account is disconnected. First the tokens are erased, while the %d",
        stage.documents());
    teller.say("   notes are still there, then Keycloak is told, then all the rest is erased.");
    stage.corpusync.disconnect(ConsentStage.KEY);
    stage.deliver();
    teller.check(stage.sealed() == 0, "no secret is left");
    teller.check(stage.documents() == 0, "no note is left");
    teller.check(
        stage.told.get(stage.told.size() - 1) instanceof Change.Disconnected,
        "the index was told that all is gone");
    teller.check(
        stage
            .failure(
                InvalidConfigurationException.class, () -> stage.corpusync.sync(ConsentStage.KEY))
            .isPresent(),
        "there is nothing to sync any more");
    teller.say("   Left in the database: %d secrets, %d notes.", stage.sealed(), stage.documents());
    facts.fact("provider_told", told);
    facts.fact("sealed", stage.sealed());
    facts.fact("documents", stage.documents());
  }

  private void scanned(List<String> earlier, List<String> readable) throws IOException {
    facts.act("scanned");
    teller.check(
        readable.contains("corpus.db") || readable.contains("corpus.db-wal"),
        "the search can read the database");
    teller.check(readable.contains("change feed"), "the search can read the feed");
    teller.check(scan.mentions("run ended connection").contains("log"), "and the log");
    teller.check(scan.mentions("Alice logs in").contains("output"), "and what was said");
    teller.check(scan.mentions("AuthorizationFailedException").contains("exceptions"), "and why");
    teller.check(scan.size() >= 20, "many secrets have passed (it was %d)", scan.size());
    teller.check(!scan.inKeyFile().isEmpty(), "a secret that is there is found");
    teller.check(earlier.isEmpty(), "no secret was there before: %s", earlier);
    List<String> findings = scan.findings();
    teller.check(findings.isEmpty(), "no secret is there now: %s", findings);
    teller.say(
        "%n10. %d secrets have passed: tokens, codes, verifiers, passwords, keys. They were",
        scan.size());
    teller.say(
        "    looked for in plain, UTF-16, hex and base64, before and after, in the database's");
    teller.say("    files, the log at every level, the output, the feed and the exceptions.");
    teller.say("    Found: none. In the key file, which holds one, it is found.");
    facts.fact("secrets", scan.size());
    facts.fact("found", findings.size() + earlier.size());
  }
}
