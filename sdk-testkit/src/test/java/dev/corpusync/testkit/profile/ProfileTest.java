package dev.corpusync.testkit.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How a profile is chosen. */
class ProfileTest {
  @Test
  void each_is_named_by_the_value_of_the_property() {
    for (Profile profile : Profile.values()) {
      assertThat(Profile.named(profile.toString())).isEqualTo(profile);
    }
    assertThat(Profile.named("quick")).isEqualTo(Profile.QUICK);
  }

  @Test
  void without_the_property_a_contract_is_run_whole() {
    assertThat(Profile.named("")).isEqualTo(Profile.PROOF);
  }

  @Test
  void another_value_is_refused_with_those_that_are_possible() {
    for (String wrong : new String[] {"QUICK", "full", "true"}) {
      assertThatThrownBy(() -> Profile.named(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("corpusync.profile is '" + wrong + "'")
          .hasMessageContaining("quick, proof, long");
    }
  }

  @Test
  void it_chooses_among_three_amounts() {
    assertThat(Profile.QUICK.choose(1, 2, 3)).isEqualTo(1);
    assertThat(Profile.PROOF.choose(1, 2, 3)).isEqualTo(2);
    assertThat(Profile.LONG.choose(1, 2, 3)).isEqualTo(3);
  }
}
