package dev.corpusync.examples.crm;

import dev.corpusync.artifact.Item;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Source;

/** The users who own deals and write notes. */
final class Users implements ReferenceStream {
  @Override
  public Kind kind() {
    return Crm.USER;
  }

  @Override
  public Source source() {
    return Source.listing(Crm.whole(at -> Call.get("/users"))).relisted();
  }

  @Override
  public String id(Item user) {
    return user.id("id");
  }

  @Override
  public String name(Item user) {
    return user.text("name");
  }
}
