package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.mutant.StatefulExtractors.At;
import dev.corpusync.testkit.mutant.StatefulExtractors.ByPlace;
import dev.corpusync.testkit.store.MutableCommit;
import dev.corpusync.testkit.subject.Client;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Clients that do the wrong thing, and connectors that make too little of what goes wrong. */
final class TransportMutants {
  private static final byte[] EMPTY_PAGE =
      "{\"data\":[],\"next\":null}".getBytes(StandardCharsets.UTF_8);

  private TransportMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.through("a client by another hand", HandwrittenApis::new),
        Mutant.through("never repeats a request", NeverRepeats::new).foundBy("NET-01"),
        Mutant.through("repeats a request for ever", RepeatsForEver::new).foundBy("NET-02"),
        Mutant.through("waits five seconds at most", WaitsLittle::new).foundBy("NET-03"),
        Mutant.through("knows Retry-After in seconds only", SecondsOnly::new).foundBy("NET-04"),
        Mutant.through("does not look at its budget", NoBudget::new).foundBy("NET-05"),
        Mutant.through("takes every 403 for a lack of permission", Only429::new).foundBy("NET-06"),
        Mutant.through("repairs a body that broke off", MendsBodies::new).foundBy("NET-07"),
        Mutant.through("repeats what was refused", RepeatsRefusals::new).foundBy("NET-09"),
        Mutant.through("has no limit for a whole call", NoCallLimit::new).foundBy("NET-10"),
        Mutant.through("repeats at fixed times", FixedTimes::new).foundBy("NET-11"),
        Mutant.through("repeats at once", AtOnce::new).foundBy("NET-11"),
        Mutant.through("follows redirects anywhere", FollowsAnywhere::new).foundBy("NET-14"),
        Mutant.through("follows redirects for ever", FollowsForEver::new).foundBy("NET-14"),
        Mutant.through("decodes whatever comes", DecodesAll::new).foundBy("NET-15"),
        Mutant.through("reads bodies of any size", AnySize::new).foundBy("NET-16"),
        Mutant.through("has no budget for a run", NoRunBudget::new).foundBy("NET-12"),
        Mutant.through("does not count what it unpacks", PackedOnly::new).foundBy("NET-16"),
        Mutant.of("forgets a wait with its process", FaultyStores.fixture(Forgetful::new))
            .foundBy("NET-21"),
        Mutant.through("takes a refused connection for nothing new", NobodyIsEmpty::new)
            .foundBy("NET-18"),
        Mutant.through("says that all failures pass", AllPass::new).foundBy("NET-20"),
        Mutant.reborn("reads no records where it finds none", Lenient::new).foundBy("NET-08"),
        Mutant.reborn("takes bad JSON for the end", BadIsEnd::new).foundBy("NET-17"),
        Mutant.reborn("asks for several things at once", AllAtOnce::new).foundBy("NET-19"),
        Mutant.reborn("wraps every failure in its own", Wraps::new).foundBy("NET-20"));
  }

  private static final class NeverRepeats extends HandwrittenApis {
    NeverRepeats(Client client) {
      super(client);
    }

    @Override
    int retries() {
      return 0;
    }

    @Override
    int repairs() {
      return 0;
    }
  }

  private static final class RepeatsForEver extends HandwrittenApis {
    RepeatsForEver(Client client) {
      super(client);
    }

    @Override
    int retries() {
      return 400;
    }
  }

  private static final class WaitsLittle extends HandwrittenApis {
    WaitsLittle(Client client) {
      super(client);
    }

    @Override
    Optional<Duration> seconds(String text) {
      return super.seconds(text).map(s -> s.toSeconds() > 5 ? Duration.ofSeconds(5) : s);
    }
  }

  private static final class SecondsOnly extends HandwrittenApis {
    SecondsOnly(Client client) {
      super(client);
    }

    @Override
    Duration told(Answer answer, int refusal) {
      return answer.header("retry-after").flatMap(this::seconds).isPresent()
              || answer.header("retry-after").isEmpty()
          ? super.told(answer, refusal)
          : Duration.ofSeconds(1);
    }
  }

  private static final class NoBudget extends HandwrittenApis {
    NoBudget(Client client) {
      super(client);
    }

    @Override
    boolean isUsedUp(Answer answer) {
      return answer.status() != 200 && super.isUsedUp(answer);
    }
  }

  private static final class Only429 extends HandwrittenApis {
    Only429(Client client) {
      super(client);
    }

    @Override
    boolean isLimit(Answer answer) {
      return answer.status() == 429;
    }
  }

  private static final class MendsBodies extends HandwrittenApis {
    MendsBodies(Client client) {
      super(client);
    }

    @Override
    byte[] brokenOff(IOException e) {
      return EMPTY_PAGE;
    }
  }

  private static final class RepeatsRefusals extends HandwrittenApis {
    RepeatsRefusals(Client client) {
      super(client);
    }

    @Override
    boolean isPassing(int status) {
      return status == 400 || status == 422 || super.isPassing(status);
    }
  }

  private static final class NoCallLimit extends HandwrittenApis {
    NoCallLimit(Client client) {
      super(client);
    }

    @Override
    Duration read() {
      return Duration.ZERO;
    }

    @Override
    Duration call() {
      return Duration.ZERO;
    }
  }

  private static final class FixedTimes extends HandwrittenApis {
    FixedTimes(Client client) {
      super(client);
    }

    @Override
    Duration backOff(int attempt) {
      return Duration.ofSeconds(1L << attempt);
    }
  }

  private static final class AtOnce extends HandwrittenApis {
    AtOnce(Client client) {
      super(client);
    }

    @Override
    void sleep(Duration wait) {
      if (wait.toSeconds() > 4) {
        super.sleep(wait);
      }
    }
  }

  private static final class FollowsAnywhere extends HandwrittenApis {
    FollowsAnywhere(Client client) {
      super(client);
    }

    @Override
    boolean mayFollow(HttpUrl home, HttpUrl to) {
      return true;
    }
  }

  private static final class FollowsForEver extends HandwrittenApis {
    FollowsForEver(Client client) {
      super(client);
    }

    @Override
    int mostRedirects() {
      return 2_000;
    }
  }

  private static final class DecodesAll extends HandwrittenApis {
    DecodesAll(Client client) {
      super(client);
    }

    @Override
    byte[] received(byte[] body) {
      return new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final class AnySize extends HandwrittenApis {
    AnySize(Client client) {
      super(client);
    }

    @Override
    long mostBody() {
      return Long.MAX_VALUE;
    }
  }

  private static final class NoRunBudget extends HandwrittenApis {
    NoRunBudget(Client client) {
      super(client);
    }

    @Override
    boolean mayRepeat(int repeated) {
      return true;
    }
  }

  private static final class PackedOnly extends HandwrittenApis {
    PackedOnly(Client client) {
      super(client);
    }

    @Override
    boolean isTooMuch(Response response, long read) {
      Response sent = response.networkResponse();
      boolean packed = sent != null && sent.header("Content-Encoding") != null;
      return !packed && super.isTooMuch(response, read);
    }
  }

  private static final class Forgetful extends ForwardingStore {
    Forgetful(Store store) {
      super(store);
    }

    @Override
    public CommitResult commit(Commit commit) {
      MutableCommit draft = new MutableCommit(commit);
      draft.record = draft.record.map(run -> run.withNotBefore(Optional.empty()));
      return super.commit(draft.commit());
    }
  }

  private static final class NobodyIsEmpty extends HandwrittenApis {
    NobodyIsEmpty(Client client) {
      super(client);
    }

    @Override
    Answer lost(Call call, HttpUrl url, IOException e) throws IOException {
      if (e instanceof ConnectException) {
        return new Answer(200, Map.of(), EMPTY_PAGE, url);
      }
      throw e;
    }
  }

  private static final class AllPass extends HandwrittenApis {
    AllPass(Client client) {
      super(client);
    }

    @Override
    RuntimeException refusal(Call call, int status) {
      return new UnavailableException(call + " answered " + status);
    }
  }

  private static final class Lenient extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply = ask(ask, ask.position().map(At::cursor));
      List<Payload> records = reply.json().has("data") ? reply.records("data") : List.of();
      return page(reply, records, "");
    }
  }

  private static final class BadIsEnd extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply = ask(ask, ask.position().map(At::cursor));
      try {
        return page(reply, reply.records("data"), "");
      } catch (MalformedReplyException e) {
        return nothingMore();
      }
    }
  }

  /** To see whether the end is the end, some threads of its own ask again at one moment. */
  private static final class AllAtOnce extends ByPlace {
    private static final int THREADS = 4;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Optional<String> place = ask.position().map(At::cursor);
      Reply reply = ask(ask, place);
      if (next(reply).isEmpty()) {
        again(ask, place);
      }
      return page(reply, reply.records("data"), "");
    }

    private static void again(FetchRequest<At> ask, Optional<String> place) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      CyclicBarrier start = new CyclicBarrier(THREADS);
      Callable<Reply> one =
          () -> {
            start.await();
            return ask(ask, place);
          };
      try {
        for (Future<Reply> asked : threads.invokeAll(Collections.nCopies(THREADS, one))) {
          asked.get();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SyncCancelledException("interrupted while others ask", e);
      } finally {
        threads.shutdown();
      }
    }
  }

  private static final class Wraps extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      try {
        Reply reply = ask(ask, ask.position().map(At::cursor));
        return page(reply, reply.records("data"), "");
      } catch (CorpusyncException e) {
        throw new IllegalStateException("the tickets could not be read");
      }
    }
  }
}
