package dev.corpusync.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A searchable document, made from one artifact: a title, typed fields, and chunks in order.
 * Immutable. All text is made {@linkplain StorableText storable}, so that what is compared is what
 * is stored.
 *
 * @since 0.1
 */
public final class Document {
  private final String title;
  private final List<Chunk> chunks;
  private final Map<String, Object> fields;
  private @Nullable String metadataHash;

  private Document(Builder from) {
    title = from.title;
    chunks = List.copyOf(from.chunks.values());
    fields = Collections.unmodifiableMap(new TreeMap<>(from.fields));
  }

  /**
   * Starts a document.
   *
   * @throws IllegalArgumentException when the title has no visible character
   */
  public static Builder titled(String title) {
    if (title.codePoints().allMatch(Document::isUnseen)) {
      throw new IllegalArgumentException("a document needs a title, this one is blank");
    }
    return new Builder(StorableText.of(title));
  }

  /** Spaces of any width, control and format characters. */
  private static boolean isUnseen(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || Character.isISOControl(letter)
        || Character.getType(letter) == Character.FORMAT;
  }

  /** The title. */
  public String title() {
    return title;
  }

  /** Passages, in order. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** Fields, sorted by name. A value is a String, Long, Boolean, Instant or a List of String. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** Returns the value of a field; empty when it is not set. */
  public <T> Optional<T> field(Field<T> field) {
    return Optional.ofNullable(fields.get(field.name())).map(field.type()::cast);
  }

  /** SHA-256 of title and fields, in hex: when it differs, the metadata has changed. */
  public String metadataHash() {
    String known = metadataHash;
    if (known == null) {
      List<String> all = new ArrayList<>(List.of(title));
      fields.forEach((name, value) -> add(name, value, all));
      known = Hash.of(all);
      metadataHash = known;
    }
    return known;
  }

  /** With its type and, of a list, the number of its values: no two fields are the same texts. */
  private static void add(String name, Object value, List<String> to) {
    to.add(name);
    if (value instanceof List<?> list) {
      to.add("list of " + list.size());
      list.forEach(each -> to.add((String) each));
    } else {
      to.add(value.getClass().getSimpleName());
      to.add(value.toString());
    }
  }

  /** Builds a document. Not for use by two threads. */
  public static final class Builder {
    // Atomic, or the two characters of one Windows line end would count as two.
    private static final Pattern PARAGRAPH_BREAK = Pattern.compile("(?>\\R)[ \\t]*(?>\\R)\\s*");
    private final String title;
    private final Map<String, Chunk> chunks = new java.util.LinkedHashMap<>();
    private final Map<String, Object> fields = new HashMap<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    private Builder(String title) {
      this.title = title;
    }

    /**
     * Adds text, one chunk for each paragraph. Keys are derived from the content, so that a
     * paragraph inserted at the front leaves the other chunks as they are.
     */
    public Builder body(String text) {
      for (String paragraph : PARAGRAPH_BREAK.split(text)) {
        String stripped = paragraph.strip();
        if (!stripped.isEmpty()) {
          String key = "p-" + Hash.of(stripped).substring(0, 16);
          int repeat = repeats.merge(key, 1, Integer::sum);
          chunk(repeat == 1 ? key : key + "-" + repeat, stripped);
        }
      }
      return this;
    }

    /** Adds text, if there is any. */
    public Builder body(Optional<String> text) {
      text.ifPresent(this::body);
      return this;
    }

    /**
     * Adds one chunk with a key from the source, such as a comment's id. Blank text adds nothing.
     *
     * @throws IllegalArgumentException when another chunk has this key
     * @throws dev.corpusync.error.InvalidIdentifierException when the key is no {@link Identifier}
     */
    public Builder chunk(String key, String text) {
      if (!text.isBlank()) {
        Chunk chunk = new Chunk(Identifier.id("a chunk", key), text);
        if (chunks.put(chunk.key(), chunk) != null) {
          throw new IllegalArgumentException(
              "two chunks of one document have the key '" + key + "'");
        }
      }
      return this;
    }

    /** Sets a field; a null value sets nothing. */
    public <T> Builder field(Field<T> field, @Nullable T value) {
      if (value != null) {
        T typed = field.type().cast(value);
        fields.put(field.name(), typed instanceof String text ? StorableText.of(text) : typed);
      }
      return this;
    }

    /** Sets a field; an empty value sets nothing. */
    public <T> Builder field(Field<T> field, Optional<T> value) {
      return field(field, value.orElse(null));
    }

    /** Sets several values of a keyword, such as labels. An empty list sets nothing. */
    public Builder fields(Field<String> field, List<String> values) {
      if (!values.isEmpty()) {
        fields.put(field.name(), values.stream().map(StorableText::of).toList());
      }
      return this;
    }

    /** Makes the document. */
    public Document build() {
      for (Object value : fields.values()) {
        if (!(value instanceof String
            || value instanceof Long
            || value instanceof Boolean
            || value instanceof Instant
            || value instanceof List)) {
          throw new IllegalArgumentException(
              "a field of type " + value.getClass().getName() + " cannot be stored");
        }
      }
      return new Document(this);
    }
  }
}
