package dev.corpusync.testkit.keycloak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Keycloak of its own, as a child process on a loopback port, with one realm, in memory. */
final class KeycloakServer implements AutoCloseable {
  // Its Byte Buddy knows Java up to 23 by name; it works on 25 when told to try.
  private static final String JAVA_OPTIONS =
      "-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8"
          + " -Dnet.bytebuddy.experimental=true";
  private final Process process;
  private final URI url;

  private KeycloakServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Returns when it listens; that takes half a minute on an idle machine.
   *
   * @param home where its distribution was unpacked
   * @param jwks the public keys of the application that signs its statements
   */
  static KeycloakServer start(Path home, String jwks) throws IOException, InterruptedException {
    importRealm(home, jwks);
    Path built = home.resolve("built-for-tests");
    if (!Files.exists(built)) {
      Process build = command(home, "build", "--db=dev-mem").start();
      String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (build.waitFor() != 0) {
        throw new IOException("Keycloak could not be built:\n" + said);
      }
      Files.createFile(built);
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Process process =
        command(
                home,
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .start();
    KeycloakServer server =
        new KeycloakServer(process, URI.create("http://127.0.0.1:" + port + "/realms/corpusync"));
    try {
      server.awaitListening();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** The realm's address. */
  URI url() {
    return url;
  }

  private static void importRealm(Path home, String jwks) throws IOException {
    try (InputStream template = KeycloakServer.class.getResourceAsStream("corpusync-realm.json")) {
      String realm = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      Path folder = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(
          folder.resolve("corpusync-realm.json"),
          realm.replace("@JWKS@", jwks.replace("\"", "\\\"")));
    }
  }

  private static ProcessBuilder command(Path home, String... arguments) {
    List<String> all = new ArrayList<>(List.of("sh", home.resolve("bin/kc.sh").toString()));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", JAVA_OPTIONS);
    return builder;
  }

  private void awaitListening() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (Optional<String> line = next(output); line.isPresent(); line = next(output)) {
      said.append(line.get()).append('\n');
      if (line.get().contains("Listening on: ")) {
        // Or a full pipe would stop it.
        Thread drain = new Thread(() -> output.lines().forEach(l -> {}), "keycloak output");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IOException("Keycloak ended before it listened:\n" + said);
  }

  private static Optional<String> next(BufferedReader output) throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
