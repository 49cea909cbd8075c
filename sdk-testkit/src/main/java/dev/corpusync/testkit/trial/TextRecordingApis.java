package dev.corpusync.testkit.trial;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.testkit.watch.ExceptionText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Notes what an exception says that a connector gets from its API, and what a reply prints as. */
record TextRecordingApis(ApiFactory real, Consumer<String> ear) implements ApiFactory {
  @Override
  public Api open(ApiConfig config) {
    Api api = real.open(config);
    return new Api() {
      @Override
      public Reply send(Call call) {
        return heard(() -> api.send(call));
      }

      @Override
      public Optional<Reply> find(Call call) {
        return heard(() -> api.find(call));
      }

      @Override
      public Attempt attempt(Call call) {
        return heard(() -> api.attempt(call));
      }

      @Override
      public Duration pause() {
        return api.pause();
      }
    };
  }

  private <T> T heard(Supplier<T> exchange) {
    try {
      T answer = exchange.get();
      ear.accept(answer.toString());
      return answer;
    } catch (CorpusyncException e) {
      ear.accept(ExceptionText.of(e));
      throw e;
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
