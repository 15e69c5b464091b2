/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever the readers are given, they answer with a document or say where it goes wrong. */
class ConfigurationFuzzTest {

    private static final int TEXTS = 3000;
    private static final String CFG = "{}=+#/ \t\r\n";
    private static final String YAML = "{}[]:,-?&*!|>'\"%@`#~ \t\r\n\\";

    private static void check(Function<String, ConfigurationDocument> reader, String text) {
        try {
            assertThat(reader.apply(text)).isNotNull();
        } catch (ConfigurationSyntaxError located) {
            assertThat(located.line()).isBetween(1, 1 + (int) text.lines().count());
            assertThat(located.column()).isPositive();
            assertThat(located.detail()).contains("line " + located.line() + ", column " + located.column() + ": ");
        } catch (RuntimeException unexpected) {
            throw new AssertionError("for the text\n" + text, unexpected);
        }
    }

    @Test
    void mutatedCfg() {
        for (int seed = 0; seed < TEXTS; seed++) {
            RandomConfiguration random = new RandomConfiguration(seed);
            String text = random.mutated(CfgWriter.write(random.document()), CFG);
            check(CfgReader::read, text);
            check(YamlReader::read, text);
        }
    }

    @Test
    void mutatedYaml() {
        for (int seed = 0; seed < TEXTS; seed++) {
            RandomConfiguration random = new RandomConfiguration(seed, true);
            String text = random.mutated(YamlWriter.write(random.document()), YAML);
            check(YamlReader::read, text);
            check(CfgReader::read, text);
        }
    }

    @Test
    void whateverIsReadCanBeWrittenAndReadAgain() {
        for (int seed = 0; seed < TEXTS; seed++) {
            RandomConfiguration random = new RandomConfiguration(seed);
            String text = random.mutated(CfgWriter.write(random.document()), CFG);
            ConfigurationDocument read;
            try {
                read = CfgReader.read(text);
            } catch (ConfigurationSyntaxError broken) {
                continue;
            }
            assertThat(CfgReader.read(CfgWriter.write(read))).isEqualTo(read);
            assertThat(YamlReader.read(YamlWriter.write(read))).isEqualTo(read);
        }
    }

    @Test
    void randomBytes() {
        Random random = new Random(4);
        for (int i = 0; i < TEXTS; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            for (String text : new String[] {
                new String(bytes, StandardCharsets.UTF_8), new String(bytes, StandardCharsets.ISO_8859_1), ascii(bytes)
            }) {
                check(CfgReader::read, text);
                check(YamlReader::read, text);
            }
        }
    }

    private static String ascii(byte[] bytes) {
        String alphabet = YAML + "=+/a1.";
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(alphabet.charAt((value & 0xFF) % alphabet.length()));
        }
        return text.toString();
    }

    @Test
    void nestingWithoutEnd() {
        for (String text :
                new String[] {"a{", "a:\n{", "{a: ", "[", "- ", "? ", "{? ", "'", "\"\\", "&a ", "!!", "a: |", "%"}) {
            check(CfgReader::read, text.repeat(20_000));
            check(YamlReader::read, text.repeat(20_000));
        }
        StringBuilder deep = new StringBuilder();
        for (int depth = 0; depth < 3000; depth++) {
            deep.append(" ".repeat(depth)).append("a:\n");
        }
        check(YamlReader::read, deep.toString());
    }
}
