package dev.corpusync.testkit.contract;

import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.CheckResults;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.trial.Bench;

/** One run of a contract class: the bench that all its checks share, and their results. */
record ContractRun(Bench bench, CheckResults results) {
  ContractRun() {
    this(new Bench(), new CheckResults());
  }

  /** Returns the report on all checks of the contract; those without a result were not run. */
  Report report(String contract) {
    return results.report(contract, bench.profile(), bench.comparedWith(), Areas.checks());
  }
}
