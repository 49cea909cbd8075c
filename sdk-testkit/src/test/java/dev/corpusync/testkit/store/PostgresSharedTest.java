package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresSharedTest extends SharedContract {
  /** A JDBC URL. */
  public static final class Url implements StoreOpener {
    @Override
    public Store open(String place) {
      return RelationalStore.open(source(place));
    }
  }

  private static DataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  @Override
  protected Class<? extends StoreOpener> opener() {
    return Url.class;
  }

  @Override
  protected String emptyPlace() {
    PGSimpleDataSource source = (PGSimpleDataSource) Postgres.emptyDatabase();
    return source.getUrl()
        + (source.getUrl().contains("?") ? "&" : "?")
        + "user="
        + source.getUser();
  }

  @Override
  protected void requireSound(String at) throws SQLException {
    assertThat(
            Rows.of(
                source(at),
                "SELECT count(*) FROM corpusync.document d LEFT JOIN corpusync.artifact a ON"
                    + " a.tenant = d.tenant AND a.connection = d.connection AND a.kind = d.kind AND"
                    + " a.id = d.id WHERE a.id IS NULL"))
        .containsExactly("[0]");
  }
}
