package dev.corpusync.testkit.trial;

import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Notes what a client throws. */
record FailureRecordingApis(ApiFactory factory, List<RuntimeException> failures)
    implements ApiFactory {
  @Override
  public Api open(ApiConfig config) {
    Api api = factory.open(config);
    return new Api() {
      @Override
      public Reply send(Call call) {
        return noted(() -> api.send(call));
      }

      @Override
      public Optional<Reply> find(Call call) {
        return noted(() -> api.find(call));
      }

      @Override
      public Duration pause() {
        return api.pause();
      }
    };
  }

  private <T> T noted(Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (RuntimeException e) {
      failures.add(e);
      throw e;
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
