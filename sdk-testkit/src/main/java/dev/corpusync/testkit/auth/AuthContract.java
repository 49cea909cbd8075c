package dev.corpusync.testkit.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules AUTH-01 to AUTH-18 for code that connects accounts and keeps their tokens, as tests:
 * extend it, return a subject, and run it.
 *
 * @since 0.1
 */
public abstract class AuthContract {
  protected abstract AuthSubject subject();

  @TestFactory
  public final List<DynamicTest> auth() {
    return checks(subject()).entrySet().stream()
        .map(check -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run))
        .toList();
  }

  /** Each check by its name; it throws an AssertionError that says what was done and seen. */
  static Map<String, Runnable> checks(AuthSubject subject) {
    RenewalChecks renewal = new RenewalChecks(subject);
    LostConsentChecks loss = new LostConsentChecks(subject);
    AuthBoundaryChecks border = new AuthBoundaryChecks(subject);
    ConsentChecks consent = new ConsentChecks(subject);
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("AUTH-01", renewal::a_refused_request_is_made_again_with_a_new_token);
    all.put("AUTH-02", renewal::many_threads_renew_once);
    all.put("AUTH-03", renewal::two_processes_renew_once);
    all.put("AUTH-04", renewal::what_is_used_is_durable);
    all.put("AUTH-05", renewal::a_refresh_token_that_is_not_repeated_stays);
    all.put("AUTH-06", loss::a_refused_consent_is_final);
    all.put("AUTH-07", loss::a_refusal_is_compared_with_what_is_stored_by_now);
    all.put("AUTH-08", loss::an_outage_is_no_revocation);
    all.put("AUTH-09", loss::a_lost_answer_is_asked_for_again);
    all.put("AUTH-10", loss::a_second_refusal_is_not_renewed_again);
    all.put("AUTH-11", renewal::every_form_of_expiry_is_understood);
    all.put("AUTH-12", border::a_denial_renews_nothing);
    all.put("AUTH-13", border::a_lost_scope_stops_only_what_needs_it);
    all.put("AUTH-14", border::nothing_secret_goes_elsewhere);
    all.put("AUTH-15", border::secrets_arrive_as_they_are);
    all.put("AUTH-16", border::a_disconnected_account_is_not_used);
    all.put("AUTH-17 once", consent::the_way_back_is_taken_once);
    all.put("AUTH-17 in time", consent::the_way_back_is_taken_in_time);
    all.put("AUTH-17 forged", consent::a_forged_way_back_is_refused);
    all.put("AUTH-17 elsewhere", consent::the_way_back_belongs_to_one_browser_and_one_address);
    all.put("AUTH-17 stolen", consent::a_stolen_code_is_of_no_use);
    all.put("AUTH-17 said", consent::every_failure_says_what_it_is);
    all.put("AUTH-18", consent::the_way_back_names_the_provider_that_was_asked);
    return all;
  }
}
