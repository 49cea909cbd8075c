package dev.corpusync.testkit.contract;

import dev.corpusync.testkit.check.Area;
import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.check.CheckRunner;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.report.Result;
import dev.corpusync.testkit.report.Status;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Judges each check that JUnit runs, and reports on all of them at the end. With {@code
 * -Dcorpusync.partial=true} only some are run on purpose, and there is no report.
 */
final class ContractExtension implements InvocationInterceptor, AfterAllCallback {
  private static final Path REPORTS = Path.of("target", "contract");

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Check check = called.getExecutable().getAnnotation(Check.class);
    if (check == null || !(context.getRequiredTestInstance() instanceof Area area)) {
      invocation.proceed();
      return;
    }
    String name = selection(context, called.getExecutable());
    boolean[] proceeded = {false};
    long start = System.nanoTime();
    CheckRunner.Outcome outcome =
        CheckRunner.judge(
            check,
            name,
            area.bench(),
            () -> {
              proceeded[0] = true;
              invocation.proceed();
            });
    if (!proceeded[0]) {
      invocation.skip();
    }
    Result result =
        runOf(context)
            .results()
            .enter(
                check,
                outcome,
                Duration.ofNanos(System.nanoTime() - start),
                LocalDate.now(Clock.systemUTC()));
    tell(area, result, outcome);
  }

  /** What makes Surefire run it alone: the class that was run, and the kit's, which is in it. */
  private static String selection(ExtensionContext context, Method check) {
    Class<?> area = context.getRequiredTestClass();
    String inKit =
        area.getName().substring(area.getPackageName().length() + 1) + "#" + check.getName();
    Class<?> contract = context.getRequiredTestInstances().getAllInstances().get(0).getClass();
    return contract.getSimpleName() + "," + inKit;
  }

  private static ContractRun runOf(ExtensionContext context) {
    Class<?> contract = context.getRequiredTestInstances().getAllInstances().get(0).getClass();
    return ConnectorContract.runOf(contract)
        .orElseThrow(() -> new IllegalStateException(contract.getName() + " made no bench"));
  }

  private static void tell(Area area, Result result, CheckRunner.Outcome outcome) {
    boolean binding = result.must() || area.bench().isStrict();
    if (result.status() == Status.FAILED && binding) {
      throw outcome instanceof CheckRunner.Outcome.Failed failed
              && result.detail().equals(failed.why().getMessage())
          ? failed.why()
          : new AssertionError(result.detail());
    }
    if (result.status() != Status.PASSED) {
      // Neither green nor red: JUnit shows it as skipped, with the reason.
      throw new TestAbortedException(result.status() + ": " + result.detail());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    if (ConnectorContract.class.isAssignableFrom(type)) {
      ConnectorContract.runOf(type).ifPresent(run -> end(type, run));
    } else if (Area.class.isAssignableFrom(type)) {
      context
          .getParent()
          .flatMap(ExtensionContext::getTestClass)
          .flatMap(ConnectorContract::runOf)
          .ifPresent(run -> checkpoint(type, run));
    }
  }

  private static void checkpoint(Class<?> area, ContractRun run) {
    String summary = run.results().summary(Areas.idsOf(area));
    if (!summary.isEmpty()) {
      System.out.println("  " + area.getSimpleName() + ": " + summary);
    }
  }

  private static void end(Class<?> type, ContractRun run) {
    if (Boolean.getBoolean("corpusync.partial")) {
      return;
    }
    Report report = run.report(type.getName());
    Path page = report.write(REPORTS);
    System.out.println(report.summary() + ". " + page);
    Set<String> notRun =
        report.results().stream()
            .filter(r -> r.status() == Status.NOT_RUN)
            .map(Result::check)
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (!notRun.isEmpty()) {
      throw new AssertionError(
          notRun.size()
              + " of "
              + report.results().size()
              + " checks of "
              + type.getSimpleName()
              + " were not run, so the contract proves nothing: "
              + notRun
              + ". Run the whole class, or a part of it on purpose with -Dcorpusync.partial=true");
    }
  }
}
