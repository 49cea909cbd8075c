package dev.corpusync.discover;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.SdkVersion;
import dev.corpusync.connection.Stability;
import dev.corpusync.connector.Connector;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.ConnectorNotFoundException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The registry of a host's connectors, by id, each with where it was found. Fill it from one
 * thread; after that many may read it. A connector that cannot be used is refused when it is added,
 * with its location.
 */
public final class Connectors implements AutoCloseable {
  private final Map<String, Found> found = new TreeMap<>();
  private final Map<String, String> leftOut = new TreeMap<>();
  private final List<ConnectorJars> jars = new ArrayList<>();
  private Stability least = Stability.EXPERIMENTAL;

  private record Found(Connector connector, String place) {}

  /**
   * Registers a connector. The host has chosen it, so it may be of any stability.
   *
   * @throws ConnectorDefectException when another one has its id, or it cannot be used
   */
  public void add(Connector connector) {
    add(connector, ClassLocation.of(connector.getClass()));
  }

  /** Limits later discovery to connectors that are at least this stable; others are left out. */
  public void discoverFrom(Stability level) {
    least = level;
  }

  /** Registers every connector that a {@code META-INF/services} of the class path names. */
  public void discover() {
    Iterator<ServiceLoader.Provider<Connector>> providers =
        ServiceLoader.load(Connector.class).stream().iterator();
    try {
      while (providers.hasNext()) {
        ServiceLoader.Provider<Connector> provider = providers.next();
        offer(provider.get(), ClassLocation.of(provider.type()));
      }
    } catch (ServiceConfigurationError e) {
      String place = "what the class path names as a connector (" + e.getMessage() + ")";
      throw ClassLocation.unusable(place, ClassLocation.cause(e));
    } catch (LinkageError e) {
      throw ClassLocation.unusable("a connector of the class path", e);
    }
  }

  /**
   * Registers every connector of the jars in a folder. They share one class loader, a child of the
   * SDK's, which is closed with this registry.
   */
  public void discover(Path folder) {
    discover(ConnectorJars.in(folder));
  }

  /** Registers every connector of the jars at these addresses. */
  public void discover(List<URL> addresses) {
    discover(ConnectorJars.at(addresses));
  }

  private void discover(ConnectorJars more) {
    jars.add(more);
    more.forEach(this::offer);
  }

  private void offer(Connector connector, String place) {
    Stability stability = ConnectorValidator.descriptor(connector, place).stability();
    if (stability.isAtLeast(least)) {
      add(connector, place);
    } else {
      leftOut.put(
          connector.descriptor().id(),
          "is " + stability + ", and this host takes " + least + " ones at least: register it");
    }
  }

  private void add(Connector connector, String place) {
    Descriptor descriptor = ConnectorValidator.check(connector, place, SdkVersion.CURRENT);
    Found other = found.putIfAbsent(descriptor.id(), new Found(connector, place));
    if (other != null) {
      throw new ConnectorDefectException(
          "two connectors have the id '"
              + descriptor.id()
              + "': "
              + other.place()
              + " and "
              + place
              + ". Remove one of the jars, or register only one of them");
    }
  }

  /** Returns all connectors, sorted by id. */
  public List<Connector> all() {
    return found.values().stream().map(Found::connector).toList();
  }

  /**
   * Returns the connector with an id.
   *
   * @throws ConnectorNotFoundException when there is none, saying why
   */
  public Connector get(String id) {
    Found wanted = found.get(id);
    if (wanted == null) {
      throw new ConnectorNotFoundException(
          id,
          leftOut.getOrDefault(
              id,
              "is not registered; there are "
                  + found.keySet()
                  + ": add its jar or register it with the builder"));
    }
    return wanted.connector();
  }

  /** Closes the class loaders of jars; their connectors cannot be used any more. */
  @Override
  public void close() {
    jars.forEach(ConnectorJars::close);
  }
}
