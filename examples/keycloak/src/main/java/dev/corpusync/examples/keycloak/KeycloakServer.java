package dev.corpusync.examples.keycloak;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Keycloak server in a child process on a loopback port, with one realm, in memory. */
public final class KeycloakServer implements AutoCloseable {
  // Its Byte Buddy supports Java up to 23 officially; with this flag it also works on 25.
  private static final String JAVA_OPTIONS =
      "-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8"
          + " -Dnet.bytebuddy.experimental=true";
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127[0-9.:]+)");
  private static final String REALM = "corpusync-realm.json";
  private final Process process;
  private final Thread ending;
  private URI url = URI.create("http://127.0.0.1/");

  private KeycloakServer(Process process) {
    this.process = process;
    // An interrupted demo leaves no process running.
    ending = new Thread(this::end, "keycloak end");
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /** Starts a server without an application that signs statements. */
  public static KeycloakServer start(Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    return start(home, "{\"keys\":[]}", progress);
  }

  /**
   * Starts a server and returns when it listens; that takes half a minute on an idle machine.
   *
   * @param home the folder of the unpacked distribution; for one server at a time
   * @param jwks the public keys of the application that signs its statements
   * @param progress receives the steps of the start, on the calling thread
   */
  public static KeycloakServer start(Path home, String jwks, Consumer<String> progress)
      throws IOException, InterruptedException {
    importRealm(home, jwks);
    Path built = home.resolve("built-for-one");
    if (!Files.exists(built)) {
      progress.accept("Building Keycloak, the first time only");
      Process build = command(home, "build", "--db=dev-mem").start();
      String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (build.waitFor() != 0) {
        throw new IOException("Keycloak could not be built:\n" + said);
      }
      Files.createFile(built);
    }
    progress.accept("Starting Keycloak on loopback");
    Process process =
        command(
                home,
                "start",
                "--optimized",
                "--import-realm",
                // Without this it would search the network for other nodes.
                "--cache=local",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                // Any port that is free when it listens, half a minute later.
                "--http-port=0")
            .start();
    KeycloakServer server = new KeycloakServer(process);
    boolean listens = false;
    try {
      server.awaitListening();
      listens = true;
      return server;
    } finally {
      if (!listens) {
        server.close();
      }
    }
  }

  /** The realm's URL, which is also its issuer. */
  public URI url() {
    return url;
  }

  /** Returns the URL of an endpoint of the realm, by the last part of its path. */
  URI endpoint(String name) {
    return URI.create(url + "/protocol/openid-connect/" + name);
  }

  /** The realm's URL for administrators. */
  URI administration() {
    return URI.create(url.toString().replace("/realms/", "/admin/realms/"));
  }

  private static void importRealm(Path home, String jwks) throws IOException {
    if (!Files.isDirectory(home)) {
      throw new FileNotFoundException("no unpacked Keycloak in " + home);
    }
    try (InputStream template = KeycloakServer.class.getResourceAsStream(REALM)) {
      if (template == null) {
        throw new FileNotFoundException("the realm " + REALM + " is not on the class path");
      }
      String realm = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      Path folder = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(folder.resolve(REALM), realm.replace("@JWKS@", jwks.replace("\"", "\\\"")));
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
      Matcher listening = LISTENING.matcher(line.get());
      if (listening.find()) {
        url = URI.create(listening.group(1) + "/realms/corpusync");
        // A full pipe would block the process.
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

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(ending);
    process.onExit().join();
  }
}
