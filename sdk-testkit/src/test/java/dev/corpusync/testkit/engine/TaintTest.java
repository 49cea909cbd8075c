package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.auth.SecretScanner;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.store.Postgres;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Canaries on every path that a secret takes, and where they are found: nowhere. */
class TaintTest {
  private static final long SEED = 20260131;
  private final Random random = new Random(SEED);
  private final SecretScanner taint = new SecretScanner();
  private final List<String> said = new ArrayList<>();
  @TempDir Path folder;

  private String canary(String name) {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    String secret = "s3cret-" + Base64.getUrlEncoder().encodeToString(bytes);
    taint.canary(name, secret);
    return secret;
  }

  private Path keyFile() throws IOException {
    Path file = folder.resolve("keys-" + random.nextInt() + ".txt");
    SealingKey.generate().appendTo(file);
    String line = Files.readString(file).strip();
    byte[] key = Base64.getDecoder().decode(line.substring(line.indexOf(':') + 1));
    taint.canary("the key's text", line.substring(line.indexOf(':') + 1));
    taint.canary("the key's hex", HexFormat.of().formatHex(key));
    return file;
  }

  private void say(Object what) {
    said.add(String.valueOf(what));
  }

  private void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    Throwable e = catchThrowable(work);
    assertThat(e).isNotNull();
    StringWriter out = new StringWriter();
    e.printStackTrace(new PrintWriter(out));
    say(out);
  }

  /** Everything that is done with secrets, with and without success. */
  private void everything(Store store) throws IOException {
    Path keys = keyFile();
    Path others = keyFile();
    try (Bench bench = new Bench(store)) {
      Map<String, String> settings = Map.of("base_url", bench.server.url().toString());
      CorpusyncBuilder builder = bench.builder("bench", new Tickets());
      bench.ticket("t1", "text");
      String first = canary("the first secret");
      fails(
          () -> {
            try (Corpusync engine = bench.builder("bench", new Tickets()).build()) {
              engine.connect(KEY, "bench", settings, Secret.of(first));
            }
          });
      try (Corpusync engine = builder.vault(KeyProvider.file(keys)).build()) {
        Secret secret = Secret.of(first);
        Connection made = engine.connect(KEY, "bench", settings, secret);
        say(made + " " + secret + " " + engine + " " + builder + " " + KeyProvider.file(keys));
        say(engine.sync(KEY));
        bench.ticket("t2", "The API echoes Authorization: Bearer " + first);
        bench.put("/tickets", "bad", "\"visibility\":\"public\",\"text\":\"" + first + "\"");
        say(engine.sync(KEY));
        for (Fault fault : faults(first)) {
          bench.server.faultAlways(fault);
          say(engine.sync(KEY));
        }
        bench.server.heal();
        bench.remove("/tickets", "t2").remove("/tickets", "bad");
        fails(
            () ->
                engine.connect(
                    KEY, "bench", Map.of("base_url", "x"), Secret.of(canary("a refused secret"))));
        fails(
            () ->
                engine.connect(
                    KEY,
                    "bench",
                    Map.of("base_url", "https://b.example"),
                    Secret.of(canary("another refused secret"))));
        engine.connect(KEY, "bench", settings, Secret.of(canary("the second secret")));
        say(engine.resync(KEY));
        Vault vault = Vault.of(store.secrets(), KeyProvider.file(keys));
        vault.put(KEY, "refresh", Secret.of(canary("a refresh token")));
        Vault.Kept kept = vault.find(KEY, "refresh").orElseThrow();
        say(kept + " " + vault);
        serialised(kept);
        SealingKey newer = SealingKey.generate();
        newer.appendTo(keys);
        say(newer + " " + vault.reseal(10));
        Secrets.Sealed sealed = store.secrets().find(KEY, "refresh").orElseThrow();
        say(sealed);
        store.secrets().replace(KEY, "refresh", sealed.version(), newer.id(), new byte[60]);
        fails(() -> vault.find(KEY, "refresh"));
        say(engine.runs(KEY, 100) + " " + engine.failures(KEY, 100));
        Bench.changes(engine).forEach(this::say);
        String supplied = canary("a supplied secret");
        engine.connect(KEY, "bench", settings, () -> Secret.of(supplied));
        say(engine.sync(KEY));
        String broken = canary("a secret that no header carries") + "\n";
        engine.connect(KEY, "bench", settings, Secret.of(broken));
        say(engine.sync(KEY));
      }
      try (Corpusync engine =
          bench.builder("bench", new Tickets()).vault(KeyProvider.file(others)).build()) {
        say(engine.sync(KEY));
        engine.connect(KEY, "bench", settings, Secret.of(canary("the last secret")));
        say(engine.sync(KEY));
      }
      fails(() -> bench.builder("bench", new Tickets()).build());
      assertThat(store.secrets().sealedByOthers("", 10)).hasSize(2);
      say(bench.notices);
    }
  }

  private void serialised(Vault.Kept kept) {
    fails(() -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(kept.secret()));
    JsonMapper lenient =
        JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();
    say(lenient.writeValueAsString(kept));
  }

  private static List<Fault> faults(String secret) {
    byte[] echo = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    return List.of(
        Fault.status(401),
        Fault.answers(FakeReply.bytes(403, "text/plain", echo)),
        Fault.answers(FakeReply.bytes(400, "text/plain", echo)),
        Fault.answers(FakeReply.bytes(200, "text/html", echo)),
        Fault.answers(FakeReply.json("{\"data\":[{\"" + secret)),
        Fault.answers(FakeReply.json("{\"data\":\"" + secret + "\"}")),
        Fault.answers(FakeReply.json("[]").withStatus(302).header("Location", "/x?" + secret)),
        Fault.reset(),
        Fault.truncated());
  }

  private void found_nowhere(EveryLog log) {
    String logged = new String(log.bytes(), StandardCharsets.UTF_8);
    assertThat(logged)
        .as("the log is read at every level")
        .contains("DEBUG dev.corpusync.http.HttpExchange - exchange")
        .contains("JUL ");
    assertThat(taint.in(log.bytes())).as("in the log").isEmpty();
    said.forEach(text -> assertThat(taint.in(text)).as("in: " + text).isEmpty());
    assertThat(said).hasSizeGreaterThan(25);
  }

  @Test
  void nothing_shows_a_secret_and_no_byte_of_a_sqlite_file_holds_one() throws IOException {
    System.out.println("taint seed " + SEED);
    Path data = Files.createDirectory(folder.resolve("data"));
    try (EveryLog log = new EveryLog()) {
      Store store = RelationalStore.sqlite(data.resolve("corpus.db"));
      everything(kept(store));
      List<String> names = new ArrayList<>();
      try (Stream<Path> files = Files.list(data)) {
        for (Path file : files.toList()) {
          names.add(file.getFileName().toString());
          assertThat(taint.in(Files.readAllBytes(file))).as(file.toString()).isEmpty();
        }
      }
      assertThat(names).contains("corpus.db", "corpus.db-wal");
      found_nowhere(log);
      disconnected(store);
      store.close();
    }
  }

  @Test
  void nothing_shows_a_secret_and_no_row_or_log_of_postgres_holds_one()
      throws IOException, SQLException {
    System.out.println("taint seed " + SEED);
    DataSource database = Postgres.emptyDatabase();
    try (EveryLog log = new EveryLog()) {
      Store store = RelationalStore.open(database);
      everything(kept(store));
      int values = 0;
      for (byte[] value : values(database)) {
        assertThat(taint.in(value)).isEmpty();
        values++;
      }
      assertThat(values).as("columns that were read").isGreaterThan(100);
      Path ahead = Path.of("target", "postgres-" + ProcessHandle.current().pid(), "pg_wal");
      try (Stream<Path> files = Files.list(ahead)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(taint.in(Files.readAllBytes(file))).as(file.toString()).isEmpty();
        }
      }
      found_nowhere(log);
      disconnected(store);
    }
  }

  /** The bench closes its store; this one is looked at afterwards. */
  private static Store kept(Store store) {
    return (Store)
        java.lang.reflect.Proxy.newProxyInstance(
            TaintTest.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(store, arguments);
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private void disconnected(Store store) throws IOException {
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(Bench.connector("bench", new Tickets()))
            .vault(KeyProvider.file(keyFile()))
            .build()) {
      engine.disconnect(KEY);
    }
    assertThat(store.secrets().sealedByOthers("", 10)).as("after disconnect").isEmpty();
  }

  private static List<byte[]> values(DataSource database) throws SQLException {
    List<byte[]> all = new ArrayList<>();
    try (java.sql.Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'corpusync'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT * FROM corpusync." + table)) {
          while (row.next()) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              Object value = row.getObject(i);
              all.add(
                  value instanceof byte[] bytes
                      ? bytes
                      : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void a_closed_engine_holds_no_secret_and_an_open_one_none_that_is_stored() throws IOException {
    Path keys = keyFile();
    SecretScanner stored = new SecretScanner();
    SecretScanner supplied = new SecretScanner();
    try (Bench bench = new Bench()) {
      bench.ticket("t1", "text");
      Map<String, String> settings = Map.of("base_url", bench.server.url().toString());
      CorpusyncBuilder builder =
          bench
              .builder("bench", new Tickets())
              .vault(KeyProvider.file(keys))
              .listener(RunListener.silent());
      Corpusync engine = builder.build();
      String given = canary("a stored secret");
      stored.canary("a stored secret", given);
      engine.connect(KEY, "bench", settings, Secret.of(given));
      engine.sync(KEY);
      assertThat(ReachableObjects.count(engine))
          .as("objects that were looked at")
          .isGreaterThan(500);
      assertThat(ReachableObjects.tainted(stored, engine, builder)).as("while open").isEmpty();
      String lent = canary("a supplied secret");
      supplied.canary("a supplied secret", lent);
      engine.connect(KEY, "bench", settings, () -> Secret.of(lent));
      engine.sync(KEY);
      assertThat(ReachableObjects.tainted(supplied, engine)).as("the walk finds it").isNotEmpty();
      engine.close();
      assertThat(ReachableObjects.tainted(taint, engine, builder)).as("after close").isEmpty();
      List<Object> statics = ReachableObjects.statics(Corpusync.class);
      assertThat(statics).hasSizeGreaterThan(50);
      assertThat(ReachableObjects.tainted(taint, statics.toArray())).as("in statics").isEmpty();
    }
  }

  @Test
  void a_disconnected_connection_leaves_nothing_of_its_supplier() {
    try (Bench bench = new Bench()) {
      String lent = canary("a supplied secret");
      Corpusync engine = bench.builder("bench", new Tickets()).build();
      engine.connect(
          KEY, "bench", Map.of("base_url", bench.server.url().toString()), () -> Secret.of(lent));
      engine.disconnect(KEY);
      assertThat(ReachableObjects.tainted(taint, engine)).isEmpty();
      engine.close();
    }
  }

  @Test
  void the_search_finds_each_form() {
    String secret = canary("x");
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    for (String before : List.of("", "a", "ab", "Bearer ")) {
      byte[] all = (before + secret + "!").getBytes(StandardCharsets.UTF_8);
      for (Base64.Encoder encoder :
          List.of(
              Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
        assertThat(taint.in("<" + encoder.encodeToString(all) + ">"))
            .as("after '" + before + "'")
            .isNotEmpty();
      }
      assertThat(taint.in(before + secret)).isNotEmpty();
      assertThat(taint.in("0" + HexFormat.of().formatHex(all))).isNotEmpty();
      assertThat(taint.in(HexFormat.of().withUpperCase().formatHex(all))).isNotEmpty();
      assertThat(taint.in((before + secret).getBytes(StandardCharsets.UTF_16))).isNotEmpty();
      assertThat(taint.in((before + secret).getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
    }
    assertThat(taint.in(Base64.getEncoder().encodeToString(new byte[plain.length]))).isEmpty();
  }
}
