package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Ref;
import java.util.Optional;

/** What one record is found to be before anything of it is kept (P6, P10). */
sealed interface Verdict {
  /** The id of the item; empty when it could not be read. */
  Optional<String> id();

  /** Puts it where it belongs on its page. */
  void addTo(JudgedPage.Builder page);

  /** It may be stored. */
  record Visible(Ref ref, Item item, Payload payload, Revision revision, Visibility visibility)
      implements Verdict {
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
  record Hidden(Ref ref) implements Verdict {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** Nobody can tell whether it may be stored: what is stored of it is deleted (P6). */
  record Undecided(Ref ref, String reason) implements Verdict {
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
  record Failed(Ref ref, String reason) implements Verdict {
    @Override
    public Optional<String> id() {
      return Optional.of(ref.id());
    }

    @Override
    public void addTo(JudgedPage.Builder page) {
      page.add(this);
    }
  }

  /** Its id could not be read, so its absence from the listing would prove nothing (P7). */
  record Unreadable(Payload payload, String reason) implements Verdict {
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
