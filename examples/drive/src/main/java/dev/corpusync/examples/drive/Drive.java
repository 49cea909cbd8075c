package dev.corpusync.examples.drive;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import java.util.List;

/**
 * A drive with nested folders and permissions per file. Changes come from a delta link, with
 * tombstones; a link expires after some time (410).
 */
public final class Drive implements Connector {
  static final Kind FOLDER = Kind.of("folder");
  static final Kind FILE = Kind.of("file");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("drive", "Drive", "https://api.drive.example")
        .auth(AuthScheme.bearer())
        .categories("files")
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new Folders(), new Files());
  }
}
