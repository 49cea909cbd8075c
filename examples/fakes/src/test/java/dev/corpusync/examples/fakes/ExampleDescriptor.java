package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.DescriptorContract;
import dev.corpusync.testkit.subject.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares the descriptor of an example with its recorded form. */
abstract class ExampleDescriptor extends DescriptorContract {
  private static final Path RECORDED = Path.of("src", "test", "resources", "descriptors");
  private final Connector connector;

  ExampleDescriptor(Connector connector) {
    this.connector = connector;
  }

  @Override
  protected Connector connector() {
    return connector;
  }

  @Override
  protected Optional<Path> recorded() {
    return Optional.of(RECORDED);
  }

  @Override
  protected List<Release> releases() {
    return Release.in(RECORDED.resolve("releases"), connector.descriptor().id());
  }
}
