package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What real APIs do within the rules of their family. A check sets them before a sync or between
 * two requests; nothing is set at first. One thread at a time.
 *
 * @since 0.1
 */
public final class Quirks {
  private int pageSize;
  private boolean shortPages;
  private boolean reversedPages;
  private boolean repeatsLast;
  private Optional<LongUnaryOperator> order = Optional.empty();
  private Optional<UnaryOperator<Object>> total = Optional.empty();
  private UnaryOperator<String> cursorForm = UnaryOperator.identity();
  private UnaryOperator<String> linkForm = UnaryOperator.identity();
  private UnaryOperator<ObjectNode> record = UnaryOperator.identity();
  private UnaryOperator<ObjectNode> person = UnaryOperator.identity();
  private Optional<UnaryOperator<ObjectNode>> stranger = Optional.empty();
  private UnaryOperator<ObjectNode> account = UnaryOperator.identity();
  private IntUnaryOperator timesInBatch = number -> 1;
  private Optional<Duration> dateOffset = Optional.of(Duration.ZERO);
  private BiFunction<FakeRequest, FakeReply, FakeReply> dressing = (request, reply) -> reply;
  private boolean untagged;
  private int epoch;
  private int cursorEpoch;
  private int expiredCursor = 400;
  private boolean ignoresPositions;
  private int listsOnly = Integer.MAX_VALUE;
  private boolean ignoresRanges;
  private final Set<Integer> empty = new TreeSet<>();
  private final Map<Integer, Integer> leadsTo = new TreeMap<>();
  private final Map<Integer, Integer> refused = new TreeMap<>();

  public Quirks(int pageSize) {
    this.pageSize = pageSize;
  }

  /** How many records make a page, whatever is asked for. */
  public Quirks pageSize(int records) {
    pageSize = records;
    return this;
  }

  /** Pages end early, though more follows. */
  public Quirks shortPages() {
    shortPages = true;
    return this;
  }

  /** The records of each page come in reverse. */
  public Quirks reversedPages() {
    reversedPages = true;
    return this;
  }

  /** Each page begins with the last record of the page before, where positions are keys. */
  public Quirks repeatsLast() {
    repeatsLast = true;
    return this;
  }

  /** Another order of the whole listing, from the place that a record has in the usual one. */
  public Quirks order(LongUnaryOperator key) {
    order = Optional.of(key);
    return this;
  }

  /** What the API says of the number of records, where it says one. */
  public Quirks total(UnaryOperator<Object> lie) {
    total = Optional.of(lie);
    return this;
  }

  /** Listings of things that are no containers leave out all but the first so many. */
  public Quirks listsOnly(int records) {
    listsOnly = records;
    return this;
  }

  /** How cursors look; must give a different text for each. */
  public Quirks cursorForm(UnaryOperator<String> form) {
    cursorForm = form;
    return this;
  }

  /** How the {@code Link} header or the next page's address looks. */
  public Quirks linkForm(UnaryOperator<String> form) {
    linkForm = form;
    return this;
  }

  /** Changes each record of the main listings on its way out. */
  public Quirks record(UnaryOperator<ObjectNode> change) {
    record = change;
    return this;
  }

  /** Changes each person on its way out, as a reader and in the listing of people. */
  public Quirks person(UnaryOperator<ObjectNode> change) {
    person = change;
    return this;
  }

  /** One more reader of everything, who looks like a person that was changed like this. */
  public Quirks stranger(UnaryOperator<ObjectNode> likeness) {
    stranger = Optional.of(likeness);
    return this;
  }

  /** The API takes the secret for another account's. */
  public Quirks account(UnaryOperator<ObjectNode> change) {
    account = change;
    return this;
  }

  /** How often what is asked for by id comes, from its number: not at all, once, twice. */
  public Quirks timesInBatch(IntUnaryOperator times) {
    timesInBatch = times;
    return this;
  }

  /** How far the {@code Date} header is from the world's clock; empty for no header. */
  public Quirks dateOffset(Optional<Duration> offset) {
    dateOffset = offset;
    return this;
  }

  /** Nothing is answered 304, whatever the client has. */
  public Quirks untagged() {
    untagged = true;
    return this;
  }

  /** Changes each answer on its way out: its encoding, headers that it adds. */
  public Quirks dressing(BiFunction<FakeRequest, FakeReply, FakeReply> change) {
    dressing = change;
    return this;
  }

  /** That page holds nothing, and more follows. Pages count from 0. */
  public Quirks emptyPage(int page) {
    empty.add(page);
    return this;
  }

  /** After that page comes another one than the next. */
  public Quirks leadsTo(int page, int other) {
    leadsTo.put(page, other);
    return this;
  }

  /** That page is answered with a status, until it is healed: a cursor that expired. */
  public Quirks refuse(int page, int status) {
    refused.put(page, status);
    return this;
  }

  /** The refusals end. */
  public Quirks heal() {
    refused.clear();
    leadsTo.clear();
    return this;
  }

  /** Every cursor given out so far is no longer known, and answered with this status. */
  public Quirks expireCursors(int status) {
    cursorEpoch++;
    expiredCursor = status;
    return this;
  }

  /** The position that is asked for is ignored: the first page comes every time. */
  public Quirks ignoresPositions(boolean yes) {
    ignoresPositions = yes;
    return this;
  }

  /** Who asks for a part of a file gets all of it. */
  public Quirks ignoresRanges() {
    ignoresRanges = true;
    return this;
  }

  /** Every delta link given out so far is no longer known. */
  public Quirks expireLinks() {
    epoch++;
    return this;
  }

  int epoch() {
    return epoch;
  }

  int pageSize() {
    return pageSize;
  }

  boolean hasShortPages() {
    return shortPages;
  }

  boolean hasReversedPages() {
    return reversedPages;
  }

  boolean isRepeatingLast() {
    return repeatsLast;
  }

  Optional<LongUnaryOperator> order() {
    return order;
  }

  Object total(int real) {
    return total.map(lie -> lie.apply(real)).orElse(real);
  }

  String cursorForm(String cursor) {
    return cursorForm.apply(cursor);
  }

  String linkForm(String link) {
    return linkForm.apply(link);
  }

  ObjectNode record(ObjectNode plain) {
    return record.apply(plain);
  }

  ObjectNode person(ObjectNode plain) {
    return person.apply(plain);
  }

  Optional<UnaryOperator<ObjectNode>> stranger() {
    return stranger;
  }

  ObjectNode account(ObjectNode plain) {
    return account.apply(plain.deepCopy());
  }

  int timesInBatch(int number) {
    return timesInBatch.applyAsInt(number);
  }

  boolean isUntagged() {
    return untagged;
  }

  FakeReply dressed(FakeRequest request, FakeReply plain) {
    return dressing.apply(request, plain);
  }

  Optional<Duration> dateOffset() {
    return dateOffset;
  }

  int cursorEpoch() {
    return cursorEpoch;
  }

  int expiredCursor() {
    return expiredCursor;
  }

  boolean isIgnoringPositions() {
    return ignoresPositions;
  }

  boolean isIgnoringRanges() {
    return ignoresRanges;
  }

  int listsOnly() {
    return listsOnly;
  }

  boolean isEmpty(int page) {
    return empty.contains(page);
  }

  /** How many pages before that one hold nothing. */
  int emptyBefore(int page) {
    return (int) empty.stream().filter(p -> p < page).count();
  }

  Optional<Integer> leadsTo(int page) {
    return Optional.ofNullable(leadsTo.get(page));
  }

  Optional<Integer> refused(int page) {
    return Optional.ofNullable(refused.get(page));
  }
}
