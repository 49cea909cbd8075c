package dev.corpusync.connection;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.document.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a connector says of itself: id, title, where its API is, how one authenticates, what one
 * configures.
 */
public final class Descriptor {
  private final String id;
  private final String title;
  private final Function<Settings, URI> baseUrl;
  private final List<AuthScheme> auth;
  private final List<Setting<?>> settings;

  private Descriptor(Builder from) {
    id = from.id;
    title = from.title;
    baseUrl = from.baseUrl;
    auth = List.copyOf(from.auth);
    settings = List.copyOf(from.settings);
  }

  /**
   * An API with one address for everyone; a connection may still name another one with the setting
   * {@code base_url}.
   */
  public static Builder of(String id, String title, String baseUrl) {
    Setting<URI> setting = Setting.url("base_url", "Address of the API").withDefault(baseUrl);
    return new Builder(id, title, s -> s.get(setting)).settings(setting);
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

  /** In order of preference. */
  public List<AuthScheme> auth() {
    return auth;
  }

  public List<Setting<?>> settings() {
    return settings;
  }

  /** Collects a descriptor. */
  public static final class Builder {
    private final String id;
    private final String title;
    private final Function<Settings, URI> baseUrl;
    private final List<AuthScheme> auth = new ArrayList<>();
    private final List<Setting<?>> settings = new ArrayList<>();

    private Builder(String id, String title, Function<Settings, URI> baseUrl) {
      this.id = Kind.of(id).name();
      this.title = title;
      this.baseUrl = baseUrl;
    }

    public Builder auth(AuthScheme... schemes) {
      auth.addAll(List.of(schemes));
      return this;
    }

    public Builder settings(Setting<?>... more) {
      for (Setting<?> setting : more) {
        if (settings.stream().anyMatch(s -> s.name().equals(setting.name()))) {
          throw new IllegalArgumentException(
              "connector '" + id + "' declares the setting '" + setting.name() + "' twice");
        }
        settings.add(setting);
      }
      return this;
    }

    public Descriptor build() {
      return new Descriptor(this);
    }
  }
}
