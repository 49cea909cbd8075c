package dev.corpusync.testkit.contract;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Judges each check that JUnit runs. */
final class ContractExtension implements InvocationInterceptor {
  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Check check = called.getExecutable().getAnnotation(Check.class);
    if (check == null) {
      invocation.proceed();
      return;
    }
    Area area = (Area) context.getRequiredTestInstance();
    String name = context.getRequiredTestClass().getName() + "#" + called.getExecutable().getName();
    boolean[] proceeded = {false};
    Judge.Outcome outcome =
        Judge.judge(
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
    if (outcome instanceof Judge.Outcome.Failed failed) {
      throw failed.why();
    }
    if (outcome instanceof Judge.Outcome.NotApplicable no) {
      throw new TestAbortedException("NOT APPLICABLE: " + no.reason());
    }
    if (outcome instanceof Judge.Outcome.NotRun no) {
      throw new TestAbortedException("NOT RUN: " + no.reason());
    }
  }
}
