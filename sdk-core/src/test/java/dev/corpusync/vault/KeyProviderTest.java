package dev.corpusync.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.SecretUnreadableException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from, and that none is ever shown. */
class KeyProviderTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "crm");
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("corpusync.keys");
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private void write(String text, String permissions) throws IOException {
    Files.writeString(file, text);
    if (hasPermissions()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private boolean hasPermissions() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void a_generated_key_goes_to_a_file_that_only_its_owner_may_read() throws IOException {
    SealingKey key = SealingKey.generate();
    key.appendTo(file);
    assertThat(KeyProvider.file(file).current().id()).isEqualTo(key.id());
    assertThat(KeyProvider.file(file).current().key()).isEqualTo(key.key());
    if (hasPermissions()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(SealingKey.generate().id()).matches("k-[0-9a-f]{16}").isNotEqualTo(key.id());
  }

  @Test
  void the_last_key_of_a_file_is_current_and_is_seen_without_a_restart() {
    SealingKey old = SealingKey.generate();
    old.appendTo(file);
    KeyProvider keys = KeyProvider.file(file);
    SealingKey newer = SealingKey.generate();
    newer.appendTo(file);
    assertThat(keys.current().id()).isEqualTo(newer.id());
    assertThat(keys.find(old.id()).orElseThrow().key()).isEqualTo(old.key());
    assertThat(keys.find("absent")).isEmpty();
  }

  @Test
  void lines_by_hand_may_have_comments_and_blanks() throws IOException {
    write("# ours\n\n  one:" + key(1) + "  \r\n# next\ntwo:" + key(2) + "\n\n", "rw-------");
    assertThat(KeyProvider.file(file).current().id()).isEqualTo("two");
    assertThat(KeyProvider.file(file).find("one")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx", "r-----r--"})
  void a_file_that_others_may_open_is_refused_with_what_to_do(String permissions)
      throws IOException {
    assumeThat(hasPermissions()).isTrue();
    write("one:" + key(1), permissions);
    assertThatThrownBy(() -> KeyProvider.file(file))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(permissions)
        .hasMessageContaining("chmod 600");
    assertThatThrownBy(() -> SealingKey.generate().appendTo(file))
        .hasMessageContaining("chmod 600");
    assertThat(Files.readString(file)).as("nothing was added").isEqualTo("one:" + key(1));
  }

  @Test
  void a_file_that_is_opened_to_others_later_is_refused_from_then_on() throws IOException {
    assumeThat(hasPermissions()).isTrue();
    write("one:" + key(1), "r--------");
    KeyProvider keys = KeyProvider.file(file);
    assertThat(keys.current().id()).isEqualTo("one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertThatThrownBy(keys::current).isInstanceOf(InvalidConfigurationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canarycanarycanary",
        "one:canary",
        "one:Y2FuYXJ5",
        ":canary",
        "a b:c canary",
        "one:ünary",
        "o/e:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
      })
  void a_line_that_is_no_key_is_named_by_its_number_and_not_quoted(String line) throws IOException {
    write("# first\n" + line, "rw-------");
    assertThatThrownBy(() -> KeyProvider.file(file))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("id:base64")
        .hasMessageNotContaining("anary")
        .hasMessageNotContaining("Y2Fu")
        .hasNoCause();
  }

  @Test
  void a_file_that_is_absent_or_empty_or_a_folder_says_what_to_do() throws IOException {
    assertThatThrownBy(() -> KeyProvider.file(file))
        .hasMessageContaining("is not there")
        .hasMessageContaining("SealingKey.generate()");
    write("# nothing yet\n", "rw-------");
    assertThatThrownBy(() -> KeyProvider.file(file)).hasMessageContaining("holds no sealing key");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> KeyProvider.file(file))
        .isInstanceOf(InvalidConfigurationException.class);
    assertThatThrownBy(() -> SealingKey.generate().appendTo(folder.resolve("no").resolve("f")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("folder exists");
  }

  @Test
  void two_keys_of_one_id_are_refused() throws IOException {
    write("one:" + key(1) + "\none:" + key(2), "rw-------");
    assertThatThrownBy(() -> KeyProvider.file(file)).hasMessageContaining("the key 'one' twice");
  }

  @Test
  void the_environment_holds_keys_in_one_variable() {
    KeyProvider keys =
        KeyRing.environment("KEYS", Map.of("KEYS", "one:" + key(1) + " two:" + key(2)));
    assertThat(keys.current().id()).isEqualTo("two");
    assertThat(keys.find("one")).isPresent();
    assertThatThrownBy(() -> KeyProvider.environment("CORPUSYNC_NO_SUCH_VARIABLE"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("'CORPUSYNC_NO_SUCH_VARIABLE' is not set");
    assertThatThrownBy(() -> KeyRing.environment("KEYS", Map.of("KEYS", " ")))
        .hasMessageContaining("'KEYS' holds no sealing key");
    assertThatThrownBy(() -> KeyRing.environment("KEYS", Map.of("KEYS", "canary")))
        .hasMessageContaining("'KEYS'")
        .hasMessageNotContaining("canary");
  }

  @Test
  void the_development_key_is_loud_and_what_it_sealed_is_refused_without_it() {
    PrintStream original = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    Secrets secrets = MemoryStore.open().secrets();
    try {
      Vault.of(secrets, KeyProvider.development()).put(KEY, "token", Secret.of("x"));
    } finally {
      System.setErr(original);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("WARN").contains("DEVELOPMENT KEY");
    Vault again = Vault.of(secrets, KeyProvider.development());
    assertThat(again.find(KEY, "token").orElseThrow().secret().reveal()).isEqualTo("x");
    SealingKey.generate().appendTo(file);
    Vault production = Vault.of(secrets, KeyProvider.file(file));
    assertThatThrownBy(() -> production.find(KEY, "token"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("'development'");
  }

  @Test
  void providers_and_keys_print_no_more_than_ids() throws IOException {
    write("one:" + key(1), "rw-------");
    assertThat(KeyProvider.file(file).toString()).doesNotContain(key(1)).contains("keys");
    assertThat(KeyRing.parse("KEYS", "one:" + key(1))).hasToString("KeyRing[one]");
    assertThat(SealingKey.generate().toString()).matches("SealingKey k-[0-9a-f]{16}");
  }
}
