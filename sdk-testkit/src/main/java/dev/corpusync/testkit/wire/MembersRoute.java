package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.world.Group;
import dev.corpusync.testkit.world.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Who is directly in a group: people, then groups, whose members have to be asked for again. */
record MembersRoute(
    String name,
    Function<Group, String> path,
    Function<Person, ObjectNode> json,
    Function<Group, ObjectNode> inner,
    Pages pages)
    implements Route {
  @Override
  public Optional<FakeReply> answer(FakeRequest request, Scene scene) {
    return scene.world().crowd().groups().stream()
        .filter(group -> request.method().equals("GET"))
        .filter(group -> path.apply(group).equals(request.path()))
        .findFirst()
        .map(group -> page(request, scene, group));
  }

  private FakeReply page(FakeRequest request, Scene scene, Group group) {
    List<PageCutter.Row> rows = new ArrayList<>();
    for (Person person : scene.world().crowd().peopleIn(group)) {
      rows.add(
          new PageCutter.Row(person.number(), () -> scene.quirks().person(json.apply(person))));
    }
    for (Group member : scene.world().crowd().groupsIn(group)) {
      rows.add(new PageCutter.Row(member.number(), () -> inner.apply(member)));
    }
    return new PageCutter(pages, scene.quirks(), scene.cursors()).page(request, rows);
  }

  @Override
  public Optional<Function<Person, ObjectNode>> person() {
    return Optional.of(json);
  }
}
