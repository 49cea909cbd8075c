package dev.corpusync.connection;

import dev.corpusync.auth.AuthScheme;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a connector says of itself: id, title, where its API is, how one authenticates, what one
 * configures, and what a host shows of it.
 *
 * @since 0.1
 */
public final class Descriptor {
  /** Who makes a connection. */
  public enum Ownership {
    /** An administrator connects once, for all people of the organisation. */
    ORGANISATION,
    /** Each person for themselves. */
    USER
  }

  /**
   * Where the API of a connection is, without a slash at its end: what links for people begin with
   * where they are at the same address.
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
   * An API with one address for everyone; a connection may still name another one with the setting
   * {@code base_url}.
   */
  public static DescriptorBuilder of(String id, String title, String baseUrl) {
    return at(id, title, BASE_URL.withDefault(baseUrl));
  }

  /** An API that each customer has at an address of their own: the setting {@code base_url}. */
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

  /** The address that relative calls are made against, without a trailing slash. */
  public URI baseUrl(Settings of) {
    return baseUrl.apply(of);
  }

  /** Whose product it is; several connectors of one vendor stand together. The title by default. */
  public String vendor() {
    return vendor;
  }

  public List<String> categories() {
    return categories;
  }

  /** An https address, or the picture itself as a data address. */
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

  /** How often a connection is worth syncing, where it is scheduled. */
  public Optional<Duration> interval() {
    return interval;
  }

  /** In order of preference. */
  public List<AuthScheme> auth() {
    return auth;
  }

  /** Every field, filters included, in the order of the form. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** Those of the settings that narrow what the API is asked for. */
  public List<Setting<?>> syncFilters() {
    return syncFilters;
  }

  /** Those of the settings that narrow what is kept of what was read. */
  public List<Setting<?>> indexFilters() {
    return indexFilters;
  }

  /** What it does live, when asked. */
  public List<Operation> operations() {
    return operations;
  }

  /** The oldest version of this SDK that it runs with, where it says so. */
  public Optional<SdkVersion> needs() {
    return needs;
  }
}
