package dev.corpusync.examples.demo;

import dev.corpusync.document.Principal;
import dev.corpusync.document.Realm;
import dev.corpusync.document.Ref;
import dev.corpusync.examples.demo.output.CheckedOutput;
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

/** The demo without options, step by step. It checks every statement that it prints. */
final class SyncDemo {
  private static final int KILLED_AT_PAGE = 6;
  private static final int SHOWN = 3;
  private final DemoSetup setup;
  private final CheckedOutput output;

  SyncDemo(DemoSetup setup, PrintStream out) {
    this.setup = setup;
    output = new CheckedOutput(out);
  }

  void run() {
    say("Corpusync syncs %s.", setup.source.describe());
    say("A fake API serves the issues; %d of them may be stored.", setup.source.visible().size());
    int requests = killWorker();
    resume(requests);
    if (setup.source instanceof AcmeGitHub acme) {
      syncChanges(acme);
      reconcile();
    } else {
      syncAgain();
    }
    search();
    setup.report.documents = setup.stored().size();
    setup.report.requests = setup.server.count();
  }

  private int killWorker() {
    say("%n1. A worker process begins a full sync into an empty store, and is killed.");
    Report.Phase phase =
        setup.phase(
            "killed",
            () -> {
              int exit = setup.runWorkerKilledAtPage(KILLED_AT_PAGE);
              check(exit == 137, "the worker was killed (it ended with %d)", exit);
              return setup.lastRun();
            });
    Set<Ref> stored = setup.stored();
    check(setup.lastRun().state() == Run.State.RUNNING, "the killed run could not record its end");
    check(!stored.isEmpty(), "some pages were committed");
    check(setup.source.visible().containsAll(stored), "only visible issues were stored");
    check(stored.size() < setup.source.visible().size(), "some issues are not stored yet");
    if (setup.redrawsBar()) {
      say("");
    }
    say("   kill -9 at the request for page %d. Exit code 137.", KILLED_AT_PAGE);
    say("   Committed so far, each page together with its cursor: %d issues.", stored.size());
    setup.deliver();
    check(setup.index.documents() == stored.size(), "the index has all committed issues");
    say("   The index has them already: they can be searched. %s", cost(phase));
    return setup.server.count();
  }

  private void resume(int requests) {
    say("%n2. A second worker waits until the lease of the first one expires, and resumes.");
    long already = setup.lastRun().counts().stored();
    Set<String> before = new HashSet<>(setup.pagesRequested(0));
    Report.Phase phase =
        setup.phase(
            "resumed",
            () -> {
              int exit = setup.runWorker(already);
              check(exit == 0, "the second worker finished (it ended with %d)", exit);
              return setup.lastRun();
            });
    long reread = setup.pagesRequested(requests).stream().filter(before::contains).count();
    check(reread <= 2, "at most two pages were read again (it was %d)", reread);
    check(setup.stored().equals(setup.source.visible()), "exactly the visible issues are stored");
    setup.deliver();
    check(setup.index.documents() == setup.stored().size(), "the index has all of them");
    say("   Pages read again: %d (at most the uncommitted and the prefetched one).", reread);
    say(
        "   Stored: %d issues, exactly those that are visible at the source. %s",
        setup.stored().size(), cost(phase));
  }

  private void syncChanges(AcmeGitHub acme) {
    acme.prepend(AcmeGitHub.KETTLE, 12, "Update: it also happens on Tuesdays.");
    int open = acme.add(AcmeGitHub.KETTLE, "Login fails behind the new gateway");
    acme.comment(AcmeGitHub.KETTLE, open, "The gateway drops the login cookie.");
    acme.add(AcmeGitHub.VAULT, "Login keys of the gateway have leaked");
    acme.makePrivate(AcmeGitHub.DRAFTS);
    acme.removeCollaborator(AcmeGitHub.VAULT, "cleo");
    acme.delete(AcmeGitHub.KETTLE, 7);
    acme.delete(AcmeGitHub.KETTLE, 8);
    say("%n3. Changes at the source: kettle#12 gets a new first paragraph, two issues are opened,");
    say("   repository drafts becomes private, Cleo loses access to vault, kettle#7 and kettle#8");
    say("   are deleted. An incremental sync:");
    long passages = setup.index.written();
    Report.Phase phase = setup.phase("changes", () -> setup.corpusync.sync(WorkerTask.KEY));
    List<Change> changes = setup.deliver();
    long rewritten = setup.index.written() - passages;
    Set<Ref> expected = new TreeSet<>(acme.visible());
    expected.add(acme.ref(AcmeGitHub.KETTLE, 7));
    expected.add(acme.ref(AcmeGitHub.KETTLE, 8));
    check(setup.stored().equals(expected), "new issues are stored, those of drafts are not");
    say("   %d new issues, %d changed.", with(changes, Aspect.CREATED), content(changes));
    say("   %d passages indexed again: only those with new text.", rewritten);
    say(
        "   %d issues of drafts deleted: the settings allow no private repository but vault.",
        deleted(changes));
    say("   %d issues of vault lost a reader; none was read again.", access(changes));
    say("   kettle#7 and kettle#8 are still stored: a listing of changes omits deletions.");
    say("   %s", cost(phase));
    check(deleted(changes) == 20, "the twenty issues of drafts were deleted");
    check(access(changes) == 80, "eighty issues of vault have other readers");
    check(rewritten == 6, "six passages were written (it was %d)", rewritten);
  }

  private void reconcile() {
    say("%n4. A full sync: everything is listed again; each missing issue is requested by id.");
    Report.Phase phase = setup.phase("reconciled", () -> setup.corpusync.resync(WorkerTask.KEY));
    List<Change> changes = setup.deliver();
    check(setup.stored().equals(setup.source.visible()), "the store equals the source again");
    check(setup.index.documents() == setup.stored().size(), "and so does the index");
    check(deleted(changes) == 2 && changes.size() == 2, "only the two deletions were found");
    say("   %d issues deleted, %d unchanged. %s", deleted(changes), same(phase), cost(phase));
  }

  private void syncAgain() {
    say("%n3. An incremental sync; the recording answers as before.");
    Report.Phase phase = setup.phase("again", () -> setup.corpusync.sync(WorkerTask.KEY));
    check(phase.counts().stored() == 0, "nothing is stored twice");
    check(setup.deliver().isEmpty(), "nothing is delivered twice");
    say("   %d records unchanged, no event was written. %s", same(phase), cost(phase));
  }

  private void search() {
    boolean acme = setup.source instanceof AcmeGitHub;
    String query = setup.source.query();
    say("%nTwo people search for \"%s\".", query);
    List<SearchIndex.Hit> ada = search("ada", acme ? "Ada, who may read vault," : "Ada", query);
    List<SearchIndex.Hit> ben = search("ben", acme ? "Ben, who may not," : "Ben", query);
    check(!ben.isEmpty() && ada.containsAll(ben), "both find what anyone may read");
    if (acme) {
      check(ada.stream().anyMatch(SyncDemo::inVault), "Ada finds issues of vault");
      check(ben.stream().noneMatch(SyncDemo::inVault), "Ben finds no issue of vault");
    }
  }

  private List<SearchIndex.Hit> search(String person, String described, String query) {
    Realm realm = Realm.ofConnection(WorkerTask.KEY.id());
    Set<Principal> principals = Set.of(Principal.user(person).in(realm), Principal.anyone());
    List<SearchIndex.Hit> hits = setup.index.search(WorkerTask.KEY.tenant(), principals, query, 10);
    setup.report.answers.add(new Report.Answer(person, query, hits));
    Map<String, SearchIndex.Hit> best = new LinkedHashMap<>();
    hits.forEach(hit -> best.putIfAbsent(hit.title(), hit));
    say("   %s finds %d passages in %d issue(s):", described, hits.size(), best.size());
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

  private static long with(List<Change> changes, Aspect aspect) {
    return changes.stream()
        .filter(c -> c instanceof Change.Stored stored && stored.aspects().contains(aspect))
        .count();
  }

  private static long content(List<Change> changes) {
    return with(changes, Aspect.CONTENT);
  }

  private static long access(List<Change> changes) {
    return with(changes, Aspect.ACCESS);
  }

  private static long deleted(List<Change> changes) {
    return changes.stream().filter(Change.Deleted.class::isInstance).count();
  }

  private static long same(Report.Phase phase) {
    return phase.counts().unchanged();
  }

  private static String cost(Report.Phase phase) {
    return "Cost: " + phase.requests() + " requests.";
  }

  private void check(boolean holds, String claim, Object... values) {
    output.check(holds, claim, values);
  }

  private void say(String line, Object... values) {
    output.say(line, values);
  }
}
