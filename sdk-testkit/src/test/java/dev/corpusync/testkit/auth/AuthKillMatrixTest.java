package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.oauth.FaultyTokenKeepers;
import dev.corpusync.testkit.mutant.KillMatrix;
import dev.corpusync.testkit.mutant.KillMatrixContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kill matrix of code that connects accounts and keeps their tokens. */
class AuthKillMatrixTest extends KillMatrixContract {
  @Override
  protected KillMatrix<?> matrix() {
    return KillMatrix.of(
        "accounts",
        AuthContract.checks(AuthSubject.corpusync()).keySet(),
        wrongs(),
        (subject, shown, emptied) -> {
          Map<String, Runnable> checks = AuthContract.checks(subject);
          checks.keySet().removeIf(shown.negate());
          emptied.forEach(id -> checks.put(id, () -> {}));
          return failures(checks);
        });
  }

  private static List<KillMatrix.Entry<AuthSubject>> wrongs() {
    return List.of(
        KillMatrix.Entry.right("does everything right", FaultyTokenKeepers.right()),
        wrong("never renews on 401", "AUTH-01", FaultyTokenKeepers.neverRenewsOn401()),
        wrong("renews in every thread", "AUTH-02", FaultyTokenKeepers.everyThreadRenews()),
        wrong("renews in every process", "AUTH-03", FaultyTokenKeepers.everyProcessRenews()),
        wrong(
            "renews in turn without looking again",
            "AUTH-02",
            FaultyTokenKeepers.renewsInTurnWithoutLookingAgain()),
        wrong("saves later", "AUTH-04", FaultyTokenKeepers.savesLater()),
        wrong(
            "forgets a refresh token that is not repeated",
            "AUTH-05",
            FaultyTokenKeepers.forgetsARefreshTokenThatIsNotRepeated()),
        wrong("asks again after a refusal", "AUTH-06", FaultyTokenKeepers.asksAgainAfterARefusal()),
        wrong(
            "does not remember a refusal", "AUTH-06", FaultyTokenKeepers.doesNotRememberARefusal()),
        wrong("believes a refusal at once", "AUTH-07", FaultyTokenKeepers.believesARefusalAtOnce()),
        wrong(
            "takes any failure for a refusal",
            "AUTH-08",
            FaultyTokenKeepers.takesAnyFailureForARefusal()),
        wrong(
            "drops a refresh token that was sent",
            "AUTH-09",
            FaultyTokenKeepers.dropsARefreshTokenThatWasSent()),
        wrong("renews thrice", "AUTH-10", FaultyTokenKeepers.renewsThrice()),
        wrong(
            "renews without knowing the end",
            "AUTH-11",
            FaultyTokenKeepers.renewsWithoutKnowingTheEnd()),
        wrong("never renews ahead", "AUTH-11", FaultyTokenKeepers.neverRenewsAhead()),
        wrong("keeps tokens in memory", "AUTH-16", FaultyTokenKeepers.keepsTokensInMemory()),
        wrong("renews on 403", "AUTH-12", FaultyAuthSubjects.renewsOn403()),
        wrong("takes 403 for empty", "AUTH-13", FaultyAuthSubjects.takes403ForEmpty()),
        wrong(
            "follows redirects with the secret",
            "AUTH-14",
            FaultyAuthSubjects.followsRedirectsWithTheSecret()),
        wrong("does not encode the secret", "AUTH-15", FaultyAuthSubjects.doesNotEncodeTheSecret()),
        wrong(
            "never lets an attempt expire",
            "AUTH-17 in time",
            FaultyAuthSubjects.neverLetsAnAttemptExpire()),
        wrong("takes an attempt twice", "AUTH-17 once", FaultyAuthSubjects.takesAnAttemptTwice()),
        wrong("sends no PKCE", "AUTH-17 stolen", FaultyAuthSubjects.sendsNoPkce()),
        wrong("looks at no state", "AUTH-17 forged", FaultyAuthSubjects.looksAtNoState()),
        wrong(
            "lets any browser come back",
            "AUTH-17 elsewhere",
            FaultyAuthSubjects.anyBrowserWillDo()),
        wrong("looks at no issuer", "AUTH-18", FaultyAuthSubjects.looksAtNoIssuer()),
        wrong(
            "says the same of everything",
            "AUTH-17 said",
            FaultyAuthSubjects.saysTheSameOfEverything()));
  }

  private static KillMatrix.Entry<AuthSubject> wrong(
      String name, String foundBy, AuthSubject subject) {
    return KillMatrix.Entry.of(name, foundBy, subject);
  }

  private static Map<String, String> failures(Map<String, Runnable> checks) {
    Map<String, String> failed = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> {
          try {
            check.run();
          } catch (AssertionError | CorpusyncException e) {
            assertThat(e.getMessage())
                .as("the message of %s", name)
                .isNotBlank()
                .doesNotContain("NullPointerException", FakeAuthServer.CLIENT_SECRET);
            failed.put(name, String.valueOf(e.getMessage()));
          }
        });
    return failed;
  }
}
