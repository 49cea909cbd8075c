package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.oauth.FaultyTokenKeepers;
import dev.corpusync.testkit.mutant.EmptiedChecks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each check fails on the faults that it is there for, and on no others: the failed set of each
 * equals its row.
 */
public final class AuthKillMatrixTest {
  private record Wrong(String name, AuthSubject subject, Set<String> failed) {}

  @TestFactory
  List<DynamicTest> every_wrong_way_fails_exactly_its_checks() {
    return wrongs().stream()
        .map(
            w ->
                DynamicTest.dynamicTest(
                    w.name(),
                    () ->
                        assertThat(failedBy(AuthContract.checks(w.subject())))
                            .as("checks that one fails who %s", w.name())
                            .isEqualTo(w.failed())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> every_check_kills_a_wrong_way() {
    Set<String> killers = new TreeSet<>();
    wrongs().forEach(w -> killers.addAll(w.failed()));
    return AuthContract.checks(AuthSubject.corpusync()).keySet().stream()
        .map(check -> DynamicTest.dynamicTest(check, () -> assertThat(killers).contains(check)))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    Map<String, Wrong> wrongs =
        wrongs().stream().collect(Collectors.toMap(Wrong::name, Function.identity()));
    return EmptiedChecks.areNoticed(
        AuthContract.checks(AuthSubject.corpusync()).keySet(),
        rows(),
        (name, emptied) -> {
          Wrong wrong = wrongs.get(name);
          Map<String, Runnable> checks = AuthContract.checks(wrong.subject());
          checks.keySet().retainAll(wrong.failed());
          checks.put(emptied, () -> {});
          return failedBy(checks);
        });
  }

  /** What each fails, by its name. */
  public static Map<String, Set<String>> rows() {
    return wrongs().stream().collect(Collectors.toMap(Wrong::name, Wrong::failed));
  }

  private static List<Wrong> wrongs() {
    return List.of(
        wrong("does everything right", FaultyTokenKeepers.right()),
        wrong(
            "never renews on 401",
            FaultyTokenKeepers.neverRenewsOn401(),
            "AUTH-01",
            "AUTH-02",
            "AUTH-03",
            "AUTH-05",
            "AUTH-06",
            "AUTH-07",
            "AUTH-08",
            "AUTH-09",
            "AUTH-10",
            "AUTH-11",
            "AUTH-15"),
        wrong(
            "renews in every thread", FaultyTokenKeepers.everyThreadRenews(), "AUTH-02", "AUTH-03"),
        wrong("renews in every process", FaultyTokenKeepers.everyProcessRenews(), "AUTH-03"),
        wrong(
            "renews in turn without looking again",
            FaultyTokenKeepers.renewsInTurnWithoutLookingAgain(),
            "AUTH-02",
            "AUTH-03"),
        wrong("saves later", FaultyTokenKeepers.savesLater(), "AUTH-04", "AUTH-07"),
        wrong(
            "forgets a refresh token that is not repeated",
            FaultyTokenKeepers.forgetsARefreshTokenThatIsNotRepeated(),
            "AUTH-05"),
        wrong(
            "asks again after a refusal",
            FaultyTokenKeepers.asksAgainAfterARefusal(),
            "AUTH-06",
            "AUTH-07"),
        wrong(
            "does not remember a refusal", FaultyTokenKeepers.doesNotRememberARefusal(), "AUTH-06"),
        wrong("believes a refusal at once", FaultyTokenKeepers.believesARefusalAtOnce(), "AUTH-07"),
        wrong(
            "takes any failure for a refusal",
            FaultyTokenKeepers.takesAnyFailureForARefusal(),
            "AUTH-08"),
        wrong(
            "drops a refresh token that was sent",
            FaultyTokenKeepers.dropsARefreshTokenThatWasSent(),
            "AUTH-08",
            "AUTH-09"),
        wrong(
            "renews thrice",
            FaultyTokenKeepers.renewsThrice(),
            "AUTH-01",
            "AUTH-02",
            "AUTH-03",
            "AUTH-05",
            "AUTH-10",
            "AUTH-11"),
        wrong(
            "renews without knowing the end",
            FaultyTokenKeepers.renewsWithoutKnowingTheEnd(),
            "AUTH-11"),
        wrong("never renews ahead", FaultyTokenKeepers.neverRenewsAhead(), "AUTH-11"),
        wrong(
            "keeps tokens in memory",
            FaultyTokenKeepers.keepsTokensInMemory(),
            "AUTH-03",
            "AUTH-16"),
        wrong("renews on 403", FaultyAuthSubjects.renewsOn403(), "AUTH-12"),
        wrong("takes 403 for empty", FaultyAuthSubjects.takes403ForEmpty(), "AUTH-12", "AUTH-13"),
        wrong(
            "follows redirects with the secret",
            FaultyAuthSubjects.followsRedirectsWithTheSecret(),
            "AUTH-14"),
        wrong("does not encode the secret", FaultyAuthSubjects.doesNotEncodeTheSecret(), "AUTH-15"),
        wrong(
            "never lets an attempt expire",
            FaultyAuthSubjects.neverLetsAnAttemptExpire(),
            "AUTH-17 in time"),
        wrong("takes an attempt twice", FaultyAuthSubjects.takesAnAttemptTwice(), "AUTH-17 once"),
        wrong("sends no PKCE", FaultyAuthSubjects.sendsNoPkce(), "AUTH-17 stolen"),
        wrong(
            "looks at no state",
            FaultyAuthSubjects.looksAtNoState(),
            "AUTH-17 forged",
            "AUTH-17 once",
            "AUTH-17 said"),
        wrong(
            "lets any browser come back",
            FaultyAuthSubjects.anyBrowserWillDo(),
            "AUTH-17 elsewhere"),
        wrong("looks at no issuer", FaultyAuthSubjects.looksAtNoIssuer(), "AUTH-18"),
        wrong(
            "says the same of everything",
            FaultyAuthSubjects.saysTheSameOfEverything(),
            "AUTH-17 said"));
  }

  private static Wrong wrong(String name, AuthSubject subject, String... failed) {
    return new Wrong(name, subject, Set.of(failed));
  }

  private static Set<String> failedBy(Map<String, Runnable> checks) {
    Set<String> failed = new TreeSet<>();
    checks.forEach(
        (name, check) -> {
          try {
            check.run();
          } catch (AssertionError | CorpusyncException e) {
            assertThat(e.getMessage())
                .as("the message of %s", name)
                .isNotBlank()
                .doesNotContain("NullPointerException", FakeAuthServer.CLIENT_SECRET);
            failed.add(name);
          }
        });
    return failed;
  }
}
