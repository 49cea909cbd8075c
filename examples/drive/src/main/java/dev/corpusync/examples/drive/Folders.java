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
 * The folders of a drive. A delta names only the folder that was moved or renamed, not its content.
 * So paths are looked up, folder by folder, and a file is derived again when a folder above it
 * changes.
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

  /** The folders from the root down to the parent. Begins later where a folder is unknown. */
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
