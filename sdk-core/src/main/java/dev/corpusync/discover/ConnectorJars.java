package dev.corpusync.discover;

import dev.corpusync.connector.Connector;
import dev.corpusync.error.ConnectorDefectException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Loads connectors from jars that are not on the class path, with a class loader of their own. */
final class ConnectorJars implements AutoCloseable {
  private static final String SERVICE = "META-INF/services/" + Connector.class.getName();
  private final String place;
  private final URLClassLoader loader;

  private ConnectorJars(String place, List<URL> addresses) {
    this.place = place;
    loader =
        new URLClassLoader(
            "connectors", addresses.toArray(URL[]::new), Connector.class.getClassLoader());
  }

  static ConnectorJars in(Path folder) {
    List<URL> addresses = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
        addresses.add(jar.toUri().toURL());
      }
    } catch (IOException e) {
      throw new ConnectorDefectException(
          "no connectors can be looked for in " + folder + ", which is not a readable folder", e);
    }
    return new ConnectorJars(folder.toString(), addresses);
  }

  static ConnectorJars at(List<URL> addresses) {
    return new ConnectorJars(addresses.toString(), addresses);
  }

  /** Each with where it was found. */
  void forEach(BiConsumer<Connector, String> taken) {
    try {
      for (URL service : Collections.list(loader.findResources(SERVICE))) {
        for (String name : names(service)) {
          String at = name + " (" + service.toString().replaceAll("^jar:|!.*$", "") + ")";
          taken.accept(connector(name, at), at);
        }
      }
    } catch (IOException e) {
      throw new ConnectorDefectException("the jars of " + place + " cannot be read", e);
    }
  }

  private static List<String> names(URL service) throws IOException {
    URLConnection connection = service.openConnection();
    // A cached jar stays open after the loader is closed, and is not read again when it changes.
    connection.setUseCaches(false);
    try (InputStream stream = connection.getInputStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private Connector connector(String name, String at) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      if (type.getClassLoader() != loader) {
        throw new ConnectorDefectException(
            at
                + " is on the class path already, as "
                + ClassLocation.of(type)
                + ": remove one of them");
      }
      return (Connector) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new ConnectorDefectException(at + " is named in " + SERVICE + " but not there", e);
    } catch (InvocationTargetException e) {
      throw ClassLocation.unusable(at, ClassLocation.cause(e));
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ConnectorDefectException(
          at + " must be a public Connector with a public constructor without arguments", e);
    } catch (LinkageError e) {
      throw ClassLocation.unusable(at, e);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the jars of " + place + " could not be closed", e);
    }
  }
}
