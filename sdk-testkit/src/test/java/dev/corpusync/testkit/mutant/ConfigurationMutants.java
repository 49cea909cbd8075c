package dev.corpusync.testkit.mutant;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Identified;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.mutant.StatefulExtractors.At;
import dev.corpusync.testkit.mutant.StatefulExtractors.ByPlace;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.Client;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What the checks of CFG find out. */
final class ConfigurationMutants {
  private static final Wire WITH_ACCOUNT =
      TicketWire.WIRE.account("/me", JsonTree.object("id", 7, "name", "Ada"));

  private ConfigurationMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("asks who it is", new Asking(false)),
        Mutant.of("reads everything to see who it is", new Asking(true)).foundBy("CFG-06"),
        new Mutant(
                "a store that keeps a connection that was refused",
                Subject.of(new Asking(false), TicketWire.WIRE, FaultyStores.fixture(Keeping::new)))
            .foundBy("CFG-06"),
        Mutant.of("knows who it is", new Knowing(), WITH_ACCOUNT),
        Mutant.of(
                "does not look at who it is",
                new Knowing() {
                  @Override
                  String id(Reply me) {
                    return super.id(me).isEmpty() ? "" : "me";
                  }
                },
                WITH_ACCOUNT)
            .foundBy("CFG-11"),
        Mutant.reborn("takes every refusal for a wrong answer", Confusing::new).foundBy("CFG-07"),
        Mutant.reborn("asks for later pages at the root of the host", AtRoot::new)
            .foundBy("CFG-09"),
        new Mutant(
                "follows addresses anywhere",
                Subject.of(
                        PagingFamilies.by(Paging.nextUrl("next")),
                        PagingFamilies.over(Pages.nextUrl("next")),
                        StoreFixture.inMemory())
                    .using(AsksAnywhere::new))
            .foundBy("CFG-10"));
  }

  /** Asks with a page of the listing, since this API has nothing else to ask. */
  private static final class Asking extends ReferenceConnector implements Identified {
    private final boolean all;

    Asking(boolean all) {
      this.all = all;
    }

    @Override
    public Account whoAmI(Api api) {
      Optional<String> next = Optional.of("");
      while (next.isPresent()) {
        Call call = Call.get("/tickets");
        Reply reply = api.send(next.get().isEmpty() ? call : call.query("cursor", next.get()));
        reply.records("data");
        next = StatefulExtractors.ByPlace.next(reply).filter(n -> all);
      }
      return Account.of("me", "Me");
    }
  }

  private static class Knowing extends ReferenceConnector implements Identified {
    @Override
    public Account whoAmI(Api api) {
      return Account.of(id(api.send(Call.get("/me"))), "Me");
    }

    String id(Reply me) {
      return me.json().id("id");
    }
  }

  /** Nothing is ever disconnected that has not been connected. */
  private static final class Keeping extends ForwardingStore {
    Keeping(Store right) {
      super(right);
    }

    @Override
    public Connections connections() {
      Connections right = store.connections();
      return (Connections)
          Proxy.newProxyInstance(
              Connections.class.getClassLoader(),
              new Class<?>[] {Connections.class},
              (proxy, method, arguments) ->
                  method.getName().equals("disconnect")
                          && right.find((ConnectionKey) arguments[0]).isPresent()
                      ? null
                      : method.invoke(right, arguments));
    }
  }

  private static final class Confusing extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      try {
        Reply reply = ask(ask, ask.position().map(At::cursor));
        return page(reply, reply.records("data"), "");
      } catch (CredentialsRejectedException | AccessDeniedException e) {
        throw new MalformedReplyException(String.valueOf(e.getMessage()));
      }
    }
  }

  private static final class AtRoot extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      if (ask.position().isEmpty() || ask.since().isPresent()) {
        return page(ask(ask, ask.position().map(At::cursor)));
      }
      String cursor = URLEncoder.encode(ask.position().get().cursor(), StandardCharsets.UTF_8);
      return page(ask.api().send(Call.follow("/tickets?cursor=" + cursor)));
    }

    private static Page<At> page(Reply reply) {
      return page(reply, reply.records("data"), "");
    }
  }

  private static final class AsksAnywhere extends HandwrittenApis {
    AsksAnywhere(Client client) {
      super(client);
    }

    @Override
    boolean mayAsk(HttpUrl home, HttpUrl to) {
      return true;
    }
  }
}
