package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Ref;
import java.util.List;
import java.util.Optional;

/** A record with what it is, decided before anything of it is kept (P6, P10). */
sealed interface JudgedRecord {
  /** The id of the item; empty when it could not be read. */
  Optional<String> id();

  /** Adds this record to the records of its kind. */
  void addTo(JudgedPage.Builder page);

  /** It may be stored. */
  record Visible(Ref ref, Item item, Payload payload, Revision revision, Visibility visibility)
      implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** It may not be stored. */
  record Hidden(Ref ref) implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** It is not known whether it may be stored: what is stored of it is deleted (P6). */
  record Undecided(Ref ref, String reason) implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** It may be stored, but something else of it could not be read: what is stored stays (P10). */
  record Failed(Ref ref, String reason) implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /**
   * Its id was read and nothing can be stored under it; a fingerprint stands for the id.
   *
   * @param older what a version without limits may have stored under it: it would never change
   *     again, so it is deleted
   */
  record Refused(String fingerprint, List<Ref> older, String reason) implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.of(fingerprint);
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** Its id could not be read, so its absence from the listing would prove nothing (P7). */
  record Unreadable(Payload payload, String reason) implements JudgedRecord {
    @Override
    public Optional<String> id() {
      return Optional.empty();
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }
}
