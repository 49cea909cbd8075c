package dev.corpusync.connection;

import dev.corpusync.annotation.Experimental;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.document.Kind;
import dev.corpusync.error.ConnectorDefectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Builds a descriptor. A contradiction in it is a {@link ConnectorDefectException}.
 *
 * @since 0.1
 */
public final class DescriptorBuilder {
  final String id;
  final String title;
  final Function<Settings, URI> baseUrl;
  final List<String> categories = new ArrayList<>();
  final List<Link> docs = new ArrayList<>();
  final Set<SyncStrategy> strategies = EnumSet.of(SyncStrategy.MANUAL, SyncStrategy.SCHEDULED);
  final List<AuthScheme> auth = new ArrayList<>();
  final List<Operation> operations = new ArrayList<>();
  final List<Setting<?>> settings = new ArrayList<>();
  final List<Setting<?>> syncFilters = new ArrayList<>();
  final List<Setting<?>> indexFilters = new ArrayList<>();
  String vendor;
  Optional<URI> icon = Optional.empty();
  Descriptor.Ownership ownership = Descriptor.Ownership.ORGANISATION;
  Stability stability = Stability.EXPERIMENTAL;
  Optional<SdkVersion> needs = Optional.empty();
  Optional<Duration> interval = Optional.of(Duration.ofHours(1));

  DescriptorBuilder(String id, String title, Function<Settings, URI> baseUrl) {
    this.id = id;
    this.title = title;
    this.baseUrl = baseUrl;
    vendor = title;
    try {
      Kind.of(id);
    } catch (IllegalArgumentException e) {
      throw new ConnectorDefectException(
          "a connector's id is made of lower case letters, digits, - and _, not '" + id + "'", e);
    }
    require(!title.isBlank(), "has no title");
  }

  /** Sets the authentication schemes, the preferred one first. */
  public DescriptorBuilder auth(AuthScheme... schemes) {
    auth.addAll(List.of(schemes));
    return this;
  }

  /** Adds settings, in the order of the form. */
  public DescriptorBuilder settings(Setting<?>... more) {
    settings.addAll(List.of(more));
    return this;
  }

  /** Adds settings that limit what is requested from the API. */
  public DescriptorBuilder syncFilters(Setting<?>... more) {
    syncFilters.addAll(List.of(more));
    return this;
  }

  /** Adds settings that limit what is stored of what was read. */
  public DescriptorBuilder indexFilters(Setting<?>... more) {
    indexFilters.addAll(List.of(more));
    return this;
  }

  /** Sets the vendor of the product. */
  public DescriptorBuilder vendor(String group) {
    vendor = group;
    return this;
  }

  /** Adds categories, such as {@code tickets} or {@code mail}. */
  public DescriptorBuilder categories(String... names) {
    categories.addAll(List.of(names));
    return this;
  }

  /** Sets the icon: an https address, or the image itself as {@code data:image/svg+xml,…}. */
  public DescriptorBuilder icon(String address) {
    require(address.startsWith("data:image/") || isPage(address), "has an icon without an address");
    icon = Optional.of(URI.create(address));
    return this;
  }

  /** Adds a link to a page to read before or while connecting. */
  public DescriptorBuilder docs(String caption, String address) {
    require(isPage(address), "links to '" + caption + "' without an http or https address");
    docs.add(new Link(caption, URI.create(address)));
    return this;
  }

  /** Declares that each person connects an own account, not an administrator one for all. */
  public DescriptorBuilder perUser() {
    ownership = Descriptor.Ownership.USER;
    return this;
  }

  public DescriptorBuilder stability(Stability level) {
    stability = level;
    return this;
  }

  /** Sets the recommended interval between syncs; an hour by default. */
  public DescriptorBuilder scheduled(Duration every) {
    require(!every.isNegative() && !every.isZero(), "has a schedule without an interval");
    strategies.add(SyncStrategy.SCHEDULED);
    interval = Optional.of(every);
    return this;
  }

  /** Declares that syncs are only started by hand. */
  public DescriptorBuilder manualOnly() {
    strategies.clear();
    strategies.add(SyncStrategy.MANUAL);
    interval = Optional.empty();
    return this;
  }

  /** Declares that the source can send webhooks. */
  @Experimental
  public DescriptorBuilder webhooks() {
    strategies.add(SyncStrategy.WEBHOOK);
    return this;
  }

  /** Adds live operations. */
  @Experimental
  public DescriptorBuilder operations(Operation... more) {
    operations.addAll(List.of(more));
    return this;
  }

  /** Sets the oldest version of this SDK that the connector runs with, such as {@code 1.4}. */
  public DescriptorBuilder needs(String version) {
    try {
      needs = Optional.of(SdkVersion.of(version));
    } catch (IllegalArgumentException e) {
      throw new ConnectorDefectException(
          "connector '" + id + "' needs a version of the SDK that is none: " + e.getMessage(), e);
    }
    return this;
  }

  public Descriptor build() {
    Descriptor built = new Descriptor(this);
    SettingsValidator.check("connector '" + id + "'", built.settings());
    require(isUnique(auth, AuthScheme::name), "names a way to authenticate twice");
    require(isUnique(operations, Operation::name), "names an operation twice");
    return built;
  }

  private static <T> boolean isUnique(List<T> things, Function<T, String> name) {
    return things.stream().map(name).distinct().count() == things.size();
  }

  private void require(boolean fits, String problem) {
    if (!fits) {
      throw new ConnectorDefectException("connector '" + id + "' " + problem);
    }
  }

  private static boolean isPage(String address) {
    try {
      ValueParser.address(address);
      return true;
    } catch (InvalidValueException e) {
      return false;
    }
  }
}
