package dev.corpusync.examples.demo.oauth;

import dev.corpusync.examples.demo.output.CheckedOutput;
import dev.corpusync.examples.demo.output.ProgressBar;
import dev.corpusync.examples.keycloak.KeycloakServer;
import dev.corpusync.sync.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Runs the OAuth demo: starts Keycloak, runs all steps, stops Keycloak. */
public final class OAuthDemo {
  private OAuthDemo() {}

  /**
   * Runs the demo.
   *
   * @param keycloak the folder of its unpacked distribution
   * @param folder empty but for {@code log} and {@code output}, which are being written
   * @param text where the statements are printed
   * @param redraws whether the progress bar is redrawn on one line
   * @return the facts, as JSON
   * @throws dev.corpusync.examples.demo.output.FailedClaimException when a statement does not hold
   */
  public static String run(Path keycloak, Path folder, PrintStream text, boolean redraws)
      throws IOException, InterruptedException {
    CheckedOutput out = new CheckedOutput(text);
    out.say("Corpusync connects an account at a real authorization server, renews its tokens,");
    out.say("handles a revoked consent, and disconnects the account without a trace.");
    RunListener progress = new ProgressBar(text, redraws, 0, NotesApi.NOTES);
    try (KeycloakServer server =
            KeycloakServer.start(keycloak, step -> out.say("   %s ...", step));
        OAuthSetup setup = new OAuthSetup(server, folder, progress)) {
      new ConnectSteps(setup, out).run();
      new RenewalSteps(setup, out).run();
      new DisconnectSteps(setup, out, new SecretScan(setup, folder)).run();
      return setup.facts.json();
    }
  }
}
