package dev.corpusync.examples.drive;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Kind;
import dev.corpusync.examples.drive.DriveDelta.Takes;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Source.Changes;
import dev.corpusync.transform.Lookups;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What files lie in. A delta names a folder that was moved or renamed, and not what lies in it: so
 * paths are looked up, folder by folder, and a file is derived again when one above it changes.
 */
final class Folders implements ReferenceStream {
  @Override
  public Kind kind() {
    return Drive.FOLDER;
  }

  @Override
  public Source source() {
    return Source.extractor(new DriveDelta(Takes.FOLDERS), Changes.TOKEN);
  }

  @Override
  public String id(Item folder) {
    return folder.id("id");
  }

  @Override
  public String name(Item folder) {
    return folder.text("name");
  }

  /** From the root down to what something lies in; begins later where a folder is not known. */
  static String path(Json file, Lookups lookups) {
    StringBuilder path = new StringBuilder();
    Set<String> met = new LinkedHashSet<>();
    Optional<String> above = file.findId("parentReference/id");
    while (above.isPresent() && met.add(above.get())) {
      Optional<Json> folder = lookups.find(Drive.FOLDER, above.get());
      folder.filter(f -> !f.has("root")).ifPresent(f -> path.insert(0, "/" + f.text("name")));
      above = folder.flatMap(f -> f.findId("parentReference/id"));
    }
    return path.isEmpty() ? "/" : path.toString();
  }
}
