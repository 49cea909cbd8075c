package dev.corpusync.testkit.mutant;

import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.testkit.reference.SummaryReference;
import java.util.List;

/** What the checks of requests for one record find out. */
final class OneRecordMutants {
  private OneRecordMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
                "fails its page when one record cannot be read",
                SummaryReference.subject(new Throwing()))
            .foundBy("NET-22"),
        new Mutant(
                "takes a record that was denied for none",
                SummaryReference.subject(new DeniedIsClear()))
            .foundBy("NET-23"),
        new Mutant(
                "takes an answer without a record for a deletion",
                SummaryReference.subject(new FoundIsClear()))
            .foundBy("DEL-15"));
  }

  private static final class Throwing extends SummaryReference {
    @Override
    public Api.Attempt ask(Api api, Call call) {
      return api.find(call)
          .<Api.Attempt>map(Api.Attempt.Found::new)
          .orElseGet(Api.Attempt.Gone::new);
    }
  }

  private static final class DeniedIsClear extends SummaryReference {
    @Override
    public boolean isUnclear(Api.Attempt fetched) {
      return super.isUnclear(fetched) && !(fetched instanceof Api.Attempt.Denied);
    }
  }

  private static final class FoundIsClear extends SummaryReference {
    @Override
    public boolean isUnclear(Api.Attempt fetched) {
      return super.isUnclear(fetched) && !(fetched instanceof Api.Attempt.Found);
    }
  }
}
