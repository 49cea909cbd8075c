package dev.corpusync.testkit.scan;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The constant pool of a class file, as far as it says what its code uses. By hand, since the JDK
 * has no reader and a library for this alone would reach every author's build.
 *
 * @param uses fields read and methods called
 * @param above the superclass and the interfaces
 */
record ClassFile(String name, List<Use> uses, List<String> above) {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  /**
   * One member of some class that is used.
   *
   * @param owner with dots
   * @param descriptor as the JVM writes it
   */
  public record Use(String owner, String member, String descriptor) {
    @Override
    public String toString() {
      return owner + "." + member;
    }
  }

  static ClassFile read(InputStream bytes) throws IOException {
    DataInputStream in = new DataInputStream(bytes);
    in.readInt();
    in.readUnsignedShort();
    in.readUnsignedShort();
    int size = in.readUnsignedShort();
    int[] tags = new int[size];
    int[] first = new int[size];
    int[] second = new int[size];
    String[] texts = new String[size];
    for (int i = 1; i < size; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case UTF8 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          // It takes two places.
          i++;
        }
        case CLASS, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case FIELD, 10, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
        case 15 -> {
          in.readUnsignedByte();
          in.readUnsignedShort();
        }
        default -> throw new IOException("an unknown constant, " + tags[i]);
      }
    }
    List<Use> uses = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      if (tags[i] >= FIELD && tags[i] <= INTERFACE_METHOD) {
        int type = second[i];
        uses.add(new Use(name(texts[first[first[i]]]), texts[first[type]], texts[second[type]]));
      }
    }
    in.readUnsignedShort();
    String name = name(texts[first[in.readUnsignedShort()]]);
    List<String> above = new ArrayList<>();
    above.add(name(texts[first[in.readUnsignedShort()]]));
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      above.add(name(texts[first[in.readUnsignedShort()]]));
    }
    return new ClassFile(name, uses, above);
  }

  private static String name(String internal) {
    return internal.replace('/', '.');
  }
}
