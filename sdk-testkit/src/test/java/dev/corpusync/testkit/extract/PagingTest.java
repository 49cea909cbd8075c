package dev.corpusync.testkit.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.extract.SourceRig.Walk;
import dev.corpusync.testkit.fake.FakeReply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ready-made paging over a socket (P3). */
class PagingTest {
  private static final List<List<String>> FULL =
      List.of(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  private static final List<List<String>> GAP =
      List.of(List.of("a", "b"), List.of(), List.of("c", "d"), List.of("e"));
  private static final List<List<String>> NOTHING = List.of(List.of());

  static Stream<PagingForm> forms() {
    return PagingForm.all();
  }

  static Stream<PagingForm> steered() {
    return PagingForm.all().filter(PagingForm::steers);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void every_page_is_read_and_the_end_proves_what_it_can(PagingForm form) {
    try (SourceRig rig = rig(form).serving(Pages.of(form, FULL))) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a", "b", "c", "d", "e");
      assertThat(walk.proof()).isEqualTo(form.proof());
      assertThat(rig.server.unmatched()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void an_empty_page_in_the_middle_is_not_the_end_or_proves_little(PagingForm form) {
    try (SourceRig rig = rig(form).serving(Pages.of(form, GAP))) {
      Walk<?> walk = rig.walk(Optional.empty());

      if (form.emptyIsEnd()) {
        // Nothing tells it from the end: so it never proves an absence by itself.
        assertThat(walk.ids()).containsExactly("a", "b");
        assertThat(walk.proof()).isEqualTo(Proof.INFERRED);
      } else {
        assertThat(walk.ids()).containsExactly("a", "b", "c", "d", "e");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void a_listing_of_nothing_has_an_end(PagingForm form) {
    try (SourceRig rig = rig(form).serving(Pages.of(form, NOTHING))) {
      assertThat(rig.walk(Optional.empty()).ids()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void an_answer_without_what_was_declared_is_an_error_and_never_an_end(PagingForm form) {
    try (SourceRig rig = rig(form)) {
      for (FakeReply flaw : form.everyFlaw()) {
        rig.serving(Pages.of(form, FULL).with(1, flaw));

        assertThatThrownBy(() -> rig.walk(Optional.empty()))
            .as(
                "%s after %s",
                form, new String(flaw.body(), java.nio.charset.StandardCharsets.UTF_8))
            .isInstanceOf(MalformedReplyException.class)
            .hasMessageContaining("/things");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void an_error_of_the_api_is_never_an_end(PagingForm form) {
    try (SourceRig rig = rig(form)) {
      for (int status : new int[] {400, 401, 403, 404, 410, 500, 503}) {
        rig.serving(Pages.of(form, FULL).with(1, FakeReply.status(status)));

        assertThatThrownBy(() -> rig.walk(Optional.empty()))
            .as("%s", status)
            .isInstanceOf(RemoteException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void a_flaw_fails_the_run_and_deletes_nothing(PagingForm form) {
    try (SourceRig rig = rig(form).serving(Pages.of(form, FULL))) {
      assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);

      rig.serving(Pages.of(form, FULL).with(1, form.everyFlaw().get(0)));
      Run run = rig.resync();

      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.counts().deleted()).isZero();
      assertThat(rig.stored()).containsExactly("a", "b", "c", "d", "e");

      rig.serving(Pages.of(form, FULL));
      assertThat(rig.sync().state()).isEqualTo(Run.State.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @MethodSource("steered")
  void a_circle_of_any_length_fails_the_run_and_deletes_nothing(PagingForm form) {
    for (int length : new int[] {1, 2, 5, 17}) {
      try (SourceRig rig = rig(form).serving(Pages.of(form, FULL))) {
        rig.sync();

        rig.serving(Pages.circle(form, length));
        int before = rig.server.count();
        Run run = rig.resync();

        assertThat(run.state()).as("%s of %s", form, length).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("leads back to a cursor");
        assertThat(run.counts().deleted()).isZero();
        assertThat(rig.stored()).contains("a", "b", "c", "d", "e");
        assertThat(rig.server.count() - before).isLessThanOrEqualTo(3 * (length + 2) + 3);
      }
    }
  }

  /** Its numbers never come back, so only the records tell. */
  @Test
  void an_api_that_ignores_page_numbers_is_found_and_deletes_nothing() {
    Source source =
        Source.listing(Listing.of(at -> Call.get("/things"), "", Paging.numbered("pgae", 1)))
            .relisted();
    try (SourceRig rig =
        new SourceRig(source)
            .serving(r -> Optional.of(FakeReply.json(Things.records(List.of("a", "b")))))) {
      Run run = rig.sync();

      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.message()).contains("same 2 records", "check its name");
      assertThat(rig.server.count()).isLessThan(6);
    }
  }

  @Test
  void a_single_page_is_all_and_proves_little() {
    Source source =
        Source.listing(Listing.of(at -> Call.get("/things"), "", Paging.single())).relisted();
    try (SourceRig rig =
        new SourceRig(source)
            .serving(r -> Optional.of(FakeReply.json(Things.records(List.of("a")))))) {
      Walk<?> walk = rig.walk(Optional.empty());

      assertThat(walk.ids()).containsExactly("a");
      assertThat(walk.proof()).isEqualTo(Proof.INFERRED);

      rig.serving(r -> Optional.of(FakeReply.json("{\"message\":\"no\"}")));
      assertThatThrownBy(() -> rig.walk(Optional.empty()))
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void a_partial_listing_never_proves_anything() {
    PagingForm form = PagingForm.all().findFirst().orElseThrow();
    Source source = Source.listing(form.listing().partial()).relisted();
    try (SourceRig rig = new SourceRig(source).serving(Pages.of(form, FULL))) {
      assertThat(rig.walk(Optional.empty()).proof()).isEqualTo(Proof.NONE);
      rig.sync();

      rig.serving(Pages.of(form, NOTHING));
      rig.resync();
      rig.resync();
      assertThat(rig.stored()).hasSize(5);
    }
  }

  @Test
  void an_inferred_end_deletes_only_what_two_listings_miss() {
    PagingForm form =
        PagingForm.all().filter(f -> f.name().equals("numbered")).findFirst().orElseThrow();
    try (SourceRig rig = rig(form).serving(Pages.of(form, FULL))) {
      rig.sync();

      rig.serving(Pages.of(form, List.of(List.of("a", "b"))));
      assertThat(rig.resync().counts().deleted()).isZero();
      rig.serving(Pages.of(form, List.of(List.of("a", "c"))));
      assertThat(rig.resync().counts().deleted()).isEqualTo(2);
      assertThat(rig.stored()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void a_said_end_deletes_at_once() {
    PagingForm form = PagingForm.all().findFirst().orElseThrow();
    try (SourceRig rig = rig(form).serving(Pages.of(form, FULL))) {
      rig.sync();

      rig.serving(Pages.of(form, List.of(List.of("a", "b"))));
      assertThat(rig.resync().counts().deleted()).isEqualTo(3);
    }
  }

  private static SourceRig rig(PagingForm form) {
    return new SourceRig(Source.listing(form.listing()).relisted());
  }
}
