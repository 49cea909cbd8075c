package dev.corpusync.testkit.fault;

import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes each request a step of a crash plan. Safe for many threads if the factory is. Closing
 * releases the real sockets, dead or not: a test needs that where a process would not.
 *
 * @since 0.1
 */
public final class CrashingApiFactory implements ApiFactory {
  private final ApiFactory factory;
  private final CrashPlan plan;

  public CrashingApiFactory(ApiFactory factory, CrashPlan plan) {
    this.factory = factory;
    this.plan = plan;
  }

  @Override
  public Api open(ApiConfig config) {
    Api api = factory.open(config);
    return new Api() {
      @Override
      public Reply send(Call call) {
        return plan.step("exchange " + call, () -> api.send(call));
      }

      @Override
      public Optional<Reply> find(Call call) {
        return plan.step("exchange " + call, () -> api.find(call));
      }

      @Override
      public Attempt attempt(Call call) {
        return plan.step("exchange " + call, () -> api.attempt(call));
      }

      @Override
      public Duration pause() {
        return api.pause();
      }
    };
  }

  @Override
  public void close() {
    factory.close();
  }
}
