package dev.corpusync.testkit.extract;

import dev.corpusync.testkit.extract.PagingForm.Shown;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An API that serves pages in a form.
 *
 * @param back where the last page leads back to
 * @param instead answers for some pages that break the form
 */
record Pages(
    PagingForm form, List<List<String>> pages, OptionalInt back, Map<Integer, FakeReply> instead)
    implements FakeApi {
  static Pages of(PagingForm form, List<List<String>> pages) {
    return new Pages(form, pages, OptionalInt.empty(), Map.of());
  }

  /** Two pages, then a circle of so many. */
  static Pages circle(PagingForm form, int length) {
    List<List<String>> pages =
        IntStream.range(0, length + 2).mapToObj(i -> List.of("n" + i)).toList();
    return new Pages(form, pages, OptionalInt.of(2), Map.of());
  }

  Pages with(int page, FakeReply flaw) {
    return new Pages(form, pages, back, Map.of(page, flaw));
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request) {
    int index = form.index().applyAsInt(request);
    if (instead.containsKey(index)) {
      return Optional.of(instead.get(index));
    }
    List<String> ids = index < pages.size() ? pages.get(index) : List.of();
    OptionalInt next = index + 1 < pages.size() ? OptionalInt.of(index + 1) : back;
    String self = "http://" + request.header("host").orElseThrow() + request.path();
    return Optional.of(form.reply().apply(new Shown(ids, next, self)));
  }
}
