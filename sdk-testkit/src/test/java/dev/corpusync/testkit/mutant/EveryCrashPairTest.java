package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.testkit.check.CrashChecks;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.trial.Bench;
import org.junit.jupiter.api.Test;

/** What CRASH-06 does in the long profile, where no kill matrix looks. */
class EveryCrashPairTest {
  @Test
  void a_second_death_at_any_step_is_survived() {
    assertThatCode(() -> everyPair("reference").a_second_death_makes_no_difference())
        .doesNotThrowAnyException();
  }

  @Test
  void who_continues_after_one_death_only_is_found() {
    CrashChecks checks = everyPair("continues after one death only");
    assertThatThrownBy(checks::a_second_death_makes_no_difference)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(", then crash ");
  }

  private static CrashChecks everyPair(String name) {
    Mutant mutant = ConnectorMatrix.mutant(name);
    return new CrashChecks(new Bench().profile(Profile.LONG).on(mutant.subjects())) {};
  }
}
