package dev.corpusync.describe;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the kind and the abilities of a stream as JSON. */
final class StreamJson {
  private StreamJson() {}

  static void write(Stream stream, ObjectNode json) {
    json.put("kind", stream.kind().name()).put("holds", holds(stream));
    if (stream instanceof Nested nested) {
      json.put("in", nested.parent().name());
    }
    json.put("changes", DescriptorJson.lower(stream.source().changes()));
    json.put("byIds", stream instanceof FetchedByIds || stream.source().byIds().isPresent());
    if (stream instanceof HasParts whole) {
      ArrayNode parts = json.putArray("parts");
      whole.parts().forEach(part -> parts.add(part.part().name()));
    }
    if (stream instanceof DocumentStream documents) {
      ArrayNode fields = json.putArray("fields");
      documents
          .fields()
          .forEach(
              field ->
                  fields
                      .addObject()
                      .put("name", field.name())
                      .put("type", DescriptorJson.lower(field.type().getSimpleName()))
                      .put("searchable", field.searchable()));
    }
  }

  private static String holds(Stream stream) {
    if (stream instanceof DocumentStream) {
      return "documents";
    }
    return stream instanceof ContainerStream ? "containers" : "references";
  }
}
