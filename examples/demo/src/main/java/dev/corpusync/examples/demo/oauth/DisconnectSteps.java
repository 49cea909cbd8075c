package dev.corpusync.examples.demo.oauth;

import dev.corpusync.error.ConnectionNotFoundException;
import dev.corpusync.examples.demo.output.CheckedOutput;
import dev.corpusync.feed.Change;
import java.io.IOException;
import java.util.List;

/** The last steps: the account is disconnected, and no secret was written anywhere. */
final class DisconnectSteps {
  private final OAuthSetup setup;
  private final CheckedOutput out;
  private final Facts facts;
  private final SecretScan scan;

  DisconnectSteps(OAuthSetup setup, CheckedOutput out, SecretScan scan) {
    this.setup = setup;
    this.out = out;
    this.scan = scan;
    facts = setup.facts;
  }

  void run() throws IOException, InterruptedException {
    // Before the data is erased: an empty database would prove nothing.
    List<String> findings = scan.findings();
    List<String> readable = scan.mentions(NotesApi.WORDS);
    disconnected();
    scanned(findings, readable);
  }

  private void disconnected() throws IOException, InterruptedException {
    facts.step("disconnected");
    long before = setup.sealed();
    boolean revoked = setup.client.disconnect(OAuthSetup.KEY, setup.settings);
    out.check(before > 0 && !setup.hasTokens(), "the tokens are erased");
    out.check(setup.documents() == NotesApi.NOTES, "and nothing else yet");
    out.check(revoked && !setup.isTokenActive(), "Keycloak has revoked the tokens");
    out.say(
        "%n9. The account is disconnected. First the tokens are erased, while the %d notes",
        setup.documents());
    out.say("   are still stored; then Keycloak revokes the tokens; then all data is erased.");
    setup.corpusync.disconnect(OAuthSetup.KEY);
    setup.deliver();
    out.check(setup.sealed() == 0, "no secret is left");
    out.check(setup.documents() == 0, "no note is left");
    out.check(
        setup.changes.get(setup.changes.size() - 1) instanceof Change.Disconnected,
        "the feed delivered the disconnect");
    out.check(
        setup
            .failure(ConnectionNotFoundException.class, () -> setup.corpusync.sync(OAuthSetup.KEY))
            .isPresent(),
        "there is no connection to sync");
    out.say("   Left in the database: %d secrets, %d notes.", setup.sealed(), setup.documents());
    facts.fact("tokens_revoked", revoked);
    facts.fact("sealed", setup.sealed());
    facts.fact("documents", setup.documents());
  }

  private void scanned(List<String> earlier, List<String> readable) throws IOException {
    facts.step("scanned");
    out.check(
        readable.contains("corpus.db") || readable.contains("corpus.db-wal"),
        "the search can read the database");
    out.check(readable.contains("change feed"), "the search can read the feed");
    out.check(scan.mentions("run ended connection").contains("log"), "and the log");
    out.check(scan.mentions("Alice logs in").contains("output"), "and the output");
    out.check(
        scan.mentions("AuthorizationFailedException").contains("exceptions"), "and the exceptions");
    out.check(scan.size() >= 20, "many secrets were used (it was %d)", scan.size());
    out.check(!scan.inKeyFile().isEmpty(), "the secret in the key file is found");
    out.check(earlier.isEmpty(), "no secret was found before: %s", earlier);
    List<String> findings = scan.findings();
    out.check(findings.isEmpty(), "no secret is found now: %s", findings);
    out.say(
        "%n10. %d secrets were used: tokens, codes, verifiers, passwords, keys. Each was",
        scan.size());
    out.say(
        "    searched for as plain text, UTF-16, hex and base64, before and after the disconnect,");
    out.say("    in the database files, the log at every level, the output, the feed and the");
    out.say("    exceptions. Found: none. In the key file, the sealing key is found.");
    facts.fact("secrets", scan.size());
    facts.fact("found", findings.size() + earlier.size());
  }
}
