package dev.corpusync.testkit.extract;

import dev.corpusync.extract.At;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.sync.Proof;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One ready-made paging, and an API that pages like that.
 *
 * @param index which page a request asks for
 * @param reply what the API answers
 * @param proof of the end
 * @param emptyIsEnd whether this form cannot tell an empty page from the end
 * @param steers whether the API says where it continues, so that it can lead in a circle
 * @param flaws answers that must never pass for a page or an end
 */
record PagingForm(
    String name,
    Listing listing,
    ToIntFunction<FakeRequest> index,
    Function<Shown, FakeReply> reply,
    Proof proof,
    boolean emptyIsEnd,
    boolean steers,
    List<FakeReply> flaws) {
  /**
   * A page to answer with.
   *
   * @param self the address that was asked, without its query
   * @param next the following page; empty on the last
   */
  record Shown(List<String> ids, OptionalInt next, String self) {
    String items() {
      return Things.records(ids);
    }

    String cursor(String atEnd) {
      return next.isPresent() ? "\"c" + next.getAsInt() + "\"" : atEnd;
    }

    String url(String atEnd) {
      return next.isPresent() ? "\"" + self + "?cursor=c" + next.getAsInt() + "\"" : atEnd;
    }
  }

  static Stream<PagingForm> all() {
    return Stream.of(
        told(
                "cursor",
                Paging.cursor("cursor", "meta/next"),
                "{'items':%s,'meta':{'next':%s}}",
                s -> s.cursor("null"),
                Proof.SAID)
            .flawed(
                "{'items':[],'meta':{}}",
                "{'items':[]}",
                "{'items':[],'meta':null}",
                "{'items':[],'meta':[]}",
                "{'items':[],'meta':{'next':{}}}"),
        told(
                "cursorOmittedAtEnd",
                Paging.cursorOmittedAtEnd("cursor", "next"),
                "{'items':%s%s}",
                s -> s.next().isPresent() ? ",'next':" + s.cursor("") : "",
                Proof.INFERRED)
            .flawed(
                "{'items':[],'next':''}",
                "{'items':[],'next':true}",
                "{'items':[],'next':{'cursor':'c1'}}"),
        told(
                "cursorBlankAtEnd",
                Paging.cursorBlankAtEnd("cursor", "next"),
                "{'items':%s,'next':%s}",
                s -> s.cursor("''"),
                Proof.SAID)
            .flawed("{'items':[]}", "{'items':[],'next':null}", "{'items':[],'next':7}"),
        told(
                "cursorWhile",
                Paging.cursorWhile("cursor", "next", "more"),
                "{'items':%s,%s}",
                s -> s.next().isPresent() ? "'more':true,'next':" + s.cursor("") : "'more':false",
                Proof.SAID)
            .flawed(
                "{'items':[],'next':'c1'}",
                "{'items':[],'more':true}",
                "{'items':[],'more':'false'}",
                "{'items':[],'more':null}"),
        told(
                "offsetWhile",
                Paging.offsetWhile("cursor", "next", "more"),
                "{'items':%s,%s}",
                s -> s.next().isPresent() ? "'more':true,'next':" + s.cursor("") : "'more':false",
                Proof.INFERRED)
            .flawed("{'items':[],'next':'c1'}", "{'items':[],'more':true}"),
        told(
                "nextUrl",
                Paging.nextUrl("links/next"),
                "{'items':%s,'links':{'next':%s}}",
                s -> s.url("null"),
                Proof.SAID)
            .flawed("{'items':[],'links':{}}", "{'items':[]}"),
        told(
                "nextUrlOmittedAtEnd",
                Paging.nextUrlOmittedAtEnd("next"),
                "{'items':%s%s}",
                s -> s.next().isPresent() ? ",'next':" + s.url("") : "",
                Proof.INFERRED)
            .flawed("{'items':[],'next':7}"),
        link(),
        relay(),
        new PagingForm(
            "numbered",
            listing("items", Paging.numbered("page", 1)),
            r -> number(r, "page", 1) - 1,
            s -> json("{'items':" + s.items() + "}"),
            Proof.INFERRED,
            true,
            false,
            List.of()),
        new PagingForm(
                "numberedWhile",
                listing("items", Paging.numberedWhile("page", 0, "more")),
                r -> number(r, "page", 0),
                s -> json("{'items':" + s.items() + ",'more':" + s.next().isPresent() + "}"),
                Proof.INFERRED,
                false,
                false,
                List.of())
            .flawed("{'items':[]}", "{'items':[],'more':null}", "{'items':[],'more':1}"),
        new PagingForm(
            "offset",
            listing("items", Paging.offset("offset")),
            r -> (number(r, "offset", 0) + 1) / 2,
            s -> json("{'items':" + s.items() + "}"),
            Proof.INFERRED,
            true,
            false,
            List.of()),
        new PagingForm(
                "offsetOfTotal",
                listing("items", Paging.offsetOfTotal("offset", 2, "total")),
                r -> (number(r, "offset", 0) + 1) / 2,
                s -> json("{'items':" + s.items() + ",'total':7}"),
                Proof.INFERRED,
                false,
                false,
                List.of())
            .flawed("{'items':[]}", "{'items':[],'total':null}", "{'items':[],'total':'7'}"));
  }

  /** With answers that break this form, beside those that break every form. */
  private PagingForm flawed(String... bodies) {
    List<FakeReply> more = Stream.of(bodies).map(PagingForm::json).toList();
    return new PagingForm(name, listing, index, reply, proof, emptyIsEnd, steers, more);
  }

  /** Every answer that must be an error. */
  List<FakeReply> everyFlaw() {
    Stream<FakeReply> common =
        Stream.of("{}", "{'error':'no'}", "{'items':null}", "{'items':{}}", "[", "", "null")
            .map(PagingForm::json);
    FakeReply login =
        FakeReply.bytes(
            200,
            "text/html",
            "<html>log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Stream.of(common, Stream.of(login), flaws.stream()).flatMap(s -> s).toList();
  }

  private static PagingForm told(
      String name, Paging paging, String body, Function<Shown, String> next, Proof proof) {
    return new PagingForm(
        name,
        listing("items", paging),
        PagingForm::cursor,
        s -> json(body.formatted(s.items(), next.apply(s))),
        proof,
        false,
        true,
        List.of());
  }

  private static PagingForm link() {
    Listing all = Listing.of(PagingForm::things, "", Paging.link());
    return new PagingForm(
        "link",
        all,
        PagingForm::cursor,
        s -> {
          FakeReply page = json(s.items()).header("Link", "<" + s.self() + ">; rel=\"first\"");
          return s.next().isPresent()
              ? page.header(
                  "Link", "<" + s.self() + "?cursor=c" + s.next().getAsInt() + ">; rel=\"next\"")
              : page;
        },
        Proof.INFERRED,
        false,
        true,
        List.of());
  }

  private static PagingForm relay() {
    Listing all =
        Listing.of(
            at -> Call.graphql("/things", "query($after: String) { … }", Map.of()),
            "data/things/nodes",
            Paging.relay("after", "data/things/pageInfo"));
    return new PagingForm(
            "relay",
            all,
            r ->
                r.text().contains("\"after\":\"c")
                    ? Integer.parseInt(r.text().replaceAll("(?s).*\"after\":\"c(\\d+)\".*", "$1"))
                    : 0,
            s ->
                json(
                    "{'data':{'things':{'nodes':%s,'pageInfo':{'hasNextPage':%s,'endCursor':%s}}}}"
                        .formatted(s.items(), s.next().isPresent(), s.cursor("null"))),
            Proof.SAID,
            false,
            true,
            List.of())
        .flawed(
            "{'data':{'things':{'nodes':[]}}}",
            "{'data':{'things':{'nodes':[],'pageInfo':{}}}}",
            "{'data':{'things':{'nodes':[],'pageInfo':{'hasNextPage':null,'endCursor':'c1'}}}}",
            "{'data':{'things':{'nodes':[],'pageInfo':{'hasNextPage':true,'endCursor':null}}}}");
  }

  private static Listing listing(String records, Paging paging) {
    return Listing.of(PagingForm::things, records, paging);
  }

  private static Call things(At at) {
    return Call.get("/things");
  }

  private static int cursor(FakeRequest request) {
    return request.query("cursor").map(c -> Integer.parseInt(c.substring(1))).orElse(0);
  }

  private static int number(FakeRequest request, String name, int first) {
    return request.query(name).map(Integer::parseInt).orElse(first);
  }

  static FakeReply json(String quoted) {
    return FakeReply.json(quoted.replace('\'', '"'));
  }

  static String ids(Stream<String> ids) {
    return ids.collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return name;
  }
}
