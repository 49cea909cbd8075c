package dev.corpusync.examples.demo;

import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.examples.demo.telling.Teller;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.Run;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the demo shows, act by act. It checks each thing that it says. */
final class Story {
  private static final int KILLED_AT_PAGE = 6;
  private static final int SHOWN = 3;
  private final Stage stage;
  private final Teller teller;

  Story(Stage stage, PrintStream out) {
    this.stage = stage;
    teller = new Teller(out);
  }

  void tell() {
    say("Corpusync keeps a corpus in step with %s:", stage.upstream.describe());
    say(
        "%d issues that may be read, served by a fake of the API.",
        stage.upstream.visible().size());
    int asked = killed();
    resumed(asked);
    if (stage.upstream instanceof AcmeGitHub acme) {
      changed(acme);
      reconciled();
    } else {
      repeated();
    }
    asked();
    stage.report.documents = stage.stored().size();
    stage.report.requests = stage.server.count();
  }

  private int killed() {
    say("%n1. A worker process syncs it into an empty store, and is killed.");
    Report.Phase phase =
        stage.phase(
            "killed",
            () -> {
              int exit = stage.workKilledAtPage(KILLED_AT_PAGE);
              check(exit == 137, "the worker was killed (it ended with %d)", exit);
              return stage.lastRun();
            });
    Set<Ref> stored = stage.stored();
    check(stage.lastRun().state() == Run.State.RUNNING, "the killed run had no time to end");
    check(!stored.isEmpty(), "something was committed");
    check(stage.upstream.visible().containsAll(stored), "only what may be stored was stored");
    check(stored.size() < stage.upstream.visible().size(), "something is left to do");
    if (stage.redrawsBar()) {
      say("");
    }
    say("   kill -9, as it asked for page %d. Exit code 137.", KILLED_AT_PAGE);
    say("   CommitResult by then, page by page with the cursor: %d issues.", stored.size());
    stage.deliver();
    check(stage.index.documents() == stored.size(), "the index has what was committed");
    say("   The index has followed: they can be searched already. %s", cost(phase));
    return stage.server.count();
  }

  private void resumed(int asked) {
    say("%n2. Another worker waits until the dead one's lease runs out, and resumes.");
    long already = stage.lastRun().counts().stored();
    Set<String> before = new HashSet<>(stage.pagesAskedFor(0));
    Report.Phase phase =
        stage.phase(
            "resumed",
            () -> {
              int exit = stage.work(already);
              check(exit == 0, "the second worker finished (it ended with %d)", exit);
              return stage.lastRun();
            });
    long reread = stage.pagesAskedFor(asked).stream().filter(before::contains).count();
    check(reread <= 2, "at most two pages were read again (it was %d)", reread);
    check(
        stage.stored().equals(stage.upstream.visible()),
        "what is stored is what may be read at the source");
    stage.deliver();
    check(stage.index.documents() == stage.stored().size(), "the index has all of it");
    say("   It read again %d page(s): one not yet committed, one fetched ahead.", reread);
    say(
        "   Stored: %d issues, exactly those that may be read at the source. %s",
        stage.stored().size(), cost(phase));
  }

  private void changed(AcmeGitHub acme) {
    acme.prepend(AcmeGitHub.KETTLE, 12, "Update: it also happens on Tuesdays.");
    int open = acme.add(AcmeGitHub.KETTLE, "Login fails behind the new gateway");
    acme.comment(AcmeGitHub.KETTLE, open, "The gateway drops the login cookie.");
    acme.add(AcmeGitHub.VAULT, "Login keys of the gateway have leaked");
    acme.makePrivate(AcmeGitHub.DRAFTS);
    acme.removeCollaborator(AcmeGitHub.VAULT, "cleo");
    acme.delete(AcmeGitHub.KETTLE, 7);
    acme.delete(AcmeGitHub.KETTLE, 8);
    say("%n3. Meanwhile at Acme: a paragraph is put in front of kettle#12, two issues are opened,");
    say("   drafts becomes private, Cleo leaves vault, kettle#7 and #8 are deleted. It syncs:");
    long passages = stage.index.written();
    Report.Phase phase = stage.phase("changes", () -> stage.corpusync.sync(Job.KEY));
    List<Change> told = stage.deliver();
    long rewritten = stage.index.written() - passages;
    Set<Ref> expected = new TreeSet<>(acme.visible());
    expected.add(acme.ref(AcmeGitHub.KETTLE, 7));
    expected.add(acme.ref(AcmeGitHub.KETTLE, 8));
    check(stage.stored().equals(expected), "new issues are stored, and those of drafts are not");
    say("   %d issues are new, %d changed,", with(told, Aspect.CREATED), content(told));
    say("   and %d passages were indexed again, only those that changed.", rewritten);
    say(
        "   %d issues of drafts are gone: nobody said that a private drafts may be kept.",
        gone(told));
    say("   %d issues of vault have one reader less, none was read again.", access(told));
    say("   The two deleted ones are still there: a list of changes is silent about them.");
    say("   %s", cost(phase));
    check(gone(told) == 20, "the twenty issues of drafts were taken away");
    check(access(told) == 80, "eighty issues of vault have other readers");
    check(rewritten == 6, "six passages were written (it was %d)", rewritten);
  }

  private void reconciled() {
    say("%n4. It reconciles: everything is listed again, and what is missing is asked for by id.");
    Report.Phase phase = stage.phase("reconciled", () -> stage.corpusync.resync(Job.KEY));
    List<Change> told = stage.deliver();
    check(stage.stored().equals(stage.upstream.visible()), "store and source are the same again");
    check(stage.index.documents() == stage.stored().size(), "and so is the index");
    check(gone(told) == 2 && told.size() == 2, "nothing but the two deletions was found");
    say("   %d issues are gone, %d are as they were. %s", gone(told), same(phase), cost(phase));
  }

  private void repeated() {
    say("%n3. It syncs again; the recording answers as before.");
    Report.Phase phase = stage.phase("again", () -> stage.corpusync.sync(Job.KEY));
    check(phase.counts().stored() == 0, "nothing is stored twice");
    check(stage.deliver().isEmpty(), "nothing is told twice");
    say("   %d records are as they were, no event was written. %s", same(phase), cost(phase));
  }

  private void asked() {
    boolean acme = stage.upstream instanceof AcmeGitHub;
    String question = stage.upstream.question();
    say("%nTwo people search for \"%s\".", question);
    List<SearchIndex.Hit> ada = ask("ada", acme ? "Ada, who may read vault," : "Ada", question);
    List<SearchIndex.Hit> ben = ask("ben", acme ? "Ben, who may not," : "Ben", question);
    check(!ben.isEmpty() && ada.containsAll(ben), "both find what anyone may read");
    if (acme) {
      check(ada.stream().anyMatch(Story::inVault), "Ada finds what is in vault");
      check(ben.stream().noneMatch(Story::inVault), "Ben finds nothing of vault");
    }
  }

  private List<SearchIndex.Hit> ask(String person, String described, String question) {
    Set<Principal> is = Set.of(Principal.user(person), Principal.anyone());
    List<SearchIndex.Hit> hits = stage.index.search(Job.KEY.tenant(), is, question, 10);
    stage.report.answers.add(new Report.Answer(person, question, hits));
    Map<String, SearchIndex.Hit> best = new LinkedHashMap<>();
    hits.forEach(hit -> best.putIfAbsent(hit.title(), hit));
    say("   %s finds %d passages in %d issues:", described, hits.size(), best.size());
    for (SearchIndex.Hit hit : best.values().stream().limit(SHOWN).toList()) {
      check(hit.url().startsWith("https://"), "each hit has a link");
      say("   - %s", hit.title());
      say("     %s", hit.excerpt().replaceAll("\\s+", " "));
      say("     %s", hit.url());
    }
    return hits;
  }

  private static boolean inVault(SearchIndex.Hit hit) {
    return hit.url().contains("/vault/");
  }

  private static long with(List<Change> told, Aspect aspect) {
    return told.stream()
        .filter(c -> c instanceof Change.Stored stored && stored.aspects().contains(aspect))
        .count();
  }

  private static long content(List<Change> told) {
    return with(told, Aspect.CONTENT);
  }

  private static long access(List<Change> told) {
    return with(told, Aspect.ACCESS);
  }

  private static long gone(List<Change> told) {
    return told.stream().filter(Change.Deleted.class::isInstance).count();
  }

  private static long same(Report.Phase phase) {
    return phase.counts().unchanged();
  }

  private static String cost(Report.Phase phase) {
    return "Cost: " + phase.requests() + " requests.";
  }

  private void check(boolean so, String claim, Object... values) {
    teller.check(so, claim, values);
  }

  private void say(String line, Object... values) {
    teller.say(line, values);
  }
}
