package dev.corpusync.examples.demo.consent;

import dev.corpusync.examples.demo.telling.Progress;
import dev.corpusync.examples.demo.telling.Teller;
import dev.corpusync.examples.keycloak.KeycloakServer;
import dev.corpusync.sync.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Starts Keycloak, plays, stops Keycloak. */
public final class ConsentDemo {
  private ConsentDemo() {}

  /**
   * @param keycloak where its distribution was unpacked
   * @param folder empty but for {@code log} and {@code output}, which are being written
   * @param story where it is told
   * @param redrawn whether the story's progress may stay on one line
   * @return what was found to be so, as JSON
   * @throws dev.corpusync.examples.demo.telling.UntrueException when something that is told is not
   */
  public static String play(Path keycloak, Path folder, PrintStream story, boolean redrawn)
      throws IOException, InterruptedException {
    Teller teller = new Teller(story);
    teller.say("Corpusync connects an account at a real authorization server, keeps it connected,");
    teller.say("loses it, and leaves nothing behind.");
    RunListener progress = new Progress(story, redrawn, 0, NotesApi.NOTES);
    try (KeycloakServer server =
            KeycloakServer.start(keycloak, said -> teller.say("   %s ...", said));
        ConsentStage stage = new ConsentStage(server, folder, progress)) {
      new ConnectActs(stage, teller).play();
      new KeepActs(stage, teller).play();
      new EndActs(stage, teller, new TaintScan(stage, folder)).play();
      return stage.facts.json();
    }
  }
}
