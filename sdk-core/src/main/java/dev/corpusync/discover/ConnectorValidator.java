package dev.corpusync.discover;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.SdkVersion;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.HasOptions;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.OptionListing;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that a connector supports what its descriptor declares, and runs with this SDK. */
final class ConnectorValidator {
  private ConnectorValidator() {}

  /**
   * Returns the descriptor, or fails with the location of a connector that cannot be asked for it.
   */
  static Descriptor descriptor(Connector connector, String place) {
    try {
      return connector.descriptor();
    } catch (LinkageError e) {
      throw ClassLocation.unusable(place, e);
    }
  }

  static Descriptor check(Connector connector, String place, SdkVersion sdk) {
    Descriptor descriptor = descriptor(connector, place);
    String whose = "connector '" + descriptor.id() + "', " + place + ", ";
    descriptor
        .needs()
        .filter(needed -> !sdk.runs(needed))
        .ifPresent(
            needed -> {
              throw new ConnectorDefectException(
                  whose
                      + "needs Corpusync "
                      + needed
                      + " and this is "
                      + sdk
                      + ": use another release of one of them");
            });
    try {
      connector.streams();
      checkOptions(connector, descriptor, whose);
    } catch (LinkageError e) {
      throw ClassLocation.unusable(place, e);
    }
    return descriptor;
  }

  private static void checkOptions(Connector connector, Descriptor descriptor, String whose) {
    Set<String> wanted =
        descriptor.settings().stream()
            .filter(Setting::isFetched)
            .map(Setting::name)
            .collect(Collectors.toCollection(TreeSet::new));
    List<OptionListing> options = connector instanceof HasOptions with ? with.options() : List.of();
    Set<String> listed =
        options.stream().map(OptionListing::setting).collect(Collectors.toCollection(TreeSet::new));
    if (listed.size() < options.size()) {
      throw new ConnectorDefectException(whose + "lists the options of a setting twice");
    }
    if (!listed.equals(wanted)) {
      throw new ConnectorDefectException(
          whose
              + "has the fetched settings "
              + wanted
              + " and lists options for "
              + listed
              + ": implement HasOptions, with a listing for each");
    }
  }
}
