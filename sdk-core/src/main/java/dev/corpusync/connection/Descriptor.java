package dev.corpusync.connection;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.SecretOrigin;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Describes a connector: id, title, base URL, authentication, settings, and what a host shows of
 * it.
 *
 * @since 0.1
 */
public final class Descriptor {
  /** Who creates connections. */
  public enum Ownership {
    /** An administrator, for all people. */
    ORGANISATION,
    /** Each person, for an own account. */
    USER
  }

  /**
   * The setting for the base URL of the API, without a slash at its end. Links for people start
   * with it where they have the same address.
   */
  public static final Setting<URI> BASE_URL =
      Setting.url("base_url", "Address of the API")
          // Paths are appended to it.
          .pattern("[^?#]*", "an address without ? and #");

  private final String id;
  private final String title;
  private final Function<Settings, URI> baseUrl;
  private final String vendor;
  private final List<String> categories;
  private final Optional<URI> icon;
  private final List<Link> docs;
  private final Ownership ownership;
  private final Stability stability;
  private final Set<SyncStrategy> strategies;
  private final Optional<Duration> interval;
  private final List<AuthScheme> auth;
  private final List<Setting<?>> settings;
  private final List<Setting<?>> syncFilters;
  private final List<Setting<?>> indexFilters;
  private final List<Operation> operations;
  private final Optional<SdkVersion> needs;

  Descriptor(DescriptorBuilder from) {
    id = from.id;
    title = from.title;
    baseUrl = from.baseUrl;
    vendor = from.vendor;
    categories = List.copyOf(from.categories);
    icon = from.icon;
    docs = List.copyOf(from.docs);
    ownership = from.ownership;
    stability = from.stability;
    strategies = Set.copyOf(from.strategies);
    interval = from.interval;
    auth = List.copyOf(from.auth);
    syncFilters = List.copyOf(from.syncFilters);
    indexFilters = List.copyOf(from.indexFilters);
    operations = List.copyOf(from.operations);
    needs = from.needs;
    settings =
        Stream.of(from.settings, from.syncFilters, from.indexFilters)
            .<Setting<?>>flatMap(List::stream)
            .toList();
  }

  /**
   * Describes an API with one address for all customers; a connection may still name another one
   * with the setting {@code base_url}.
   */
  public static DescriptorBuilder of(String id, String title, String baseUrl) {
    return at(id, title, BASE_URL.withDefault(baseUrl));
  }

  /** Describes an API at a different address for each customer: the setting {@code base_url}. */
  public static DescriptorBuilder selfHosted(String id, String title) {
    return at(id, title, BASE_URL);
  }

  private static DescriptorBuilder at(String id, String title, Setting<URI> baseUrl) {
    return new DescriptorBuilder(id, title, s -> s.get(baseUrl)).settings(baseUrl);
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  /** Returns the address that relative calls are resolved against, without a trailing slash. */
  public URI baseUrl(Settings of) {
    return baseUrl.apply(of);
  }

  /** Returns where the secrets of a connection with these settings are sent (P11). */
  public SecretOrigin secretOrigin(Settings of) {
    Set<URI> addresses = new HashSet<>(Set.of(baseUrl(of)));
    auth.forEach(scheme -> addresses.addAll(scheme.secretEndpoints(of.values())));
    return SecretOrigin.of(addresses);
  }

  /** Returns the vendor of the product, which groups connectors; by default the title. */
  public String vendor() {
    return vendor;
  }

  public List<String> categories() {
    return categories;
  }

  /** Returns the icon: an https address, or the image itself as a data address. */
  public Optional<URI> icon() {
    return icon;
  }

  public List<Link> docs() {
    return docs;
  }

  public Ownership ownership() {
    return ownership;
  }

  public Stability stability() {
    return stability;
  }

  public Set<SyncStrategy> strategies() {
    return strategies;
  }

  /** Returns the recommended interval between syncs, where they are scheduled. */
  public Optional<Duration> interval() {
    return interval;
  }

  /** Returns the authentication schemes in order of preference. */
  public List<AuthScheme> auth() {
    return auth;
  }

  /** Returns all settings, filters included, in the order of the form. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** Returns the settings that limit what is requested from the API. */
  public List<Setting<?>> syncFilters() {
    return syncFilters;
  }

  /** Returns the settings that limit what is stored of what was read. */
  public List<Setting<?>> indexFilters() {
    return indexFilters;
  }

  /** Returns the live operations. */
  public List<Operation> operations() {
    return operations;
  }

  /** Returns the oldest version of this SDK that the connector runs with, where it is declared. */
  public Optional<SdkVersion> needs() {
    return needs;
  }
}
