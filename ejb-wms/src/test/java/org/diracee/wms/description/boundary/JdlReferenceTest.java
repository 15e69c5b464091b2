/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.wms.description.control.JobAttribute;
import org.junit.jupiter.api.Test;

/** The user's reference says what the code does. */
class JdlReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "reference", "jdl.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)\\n```$");

    private record Block(String kind, String text) {}

    private final String reference;

    JdlReferenceTest() throws IOException {
        reference = Files.readString(REFERENCE);
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(reference);
        while (block.find()) {
            blocks.add(new Block(block.group(1).strip(), block.group(2)));
        }
        return blocks;
    }

    @Test
    void showsExamplesThatWork() {
        int shown = 0;
        ExpandedDescription sweep = Descriptions.with("");
        for (Block block : blocks()) {
            if (block.kind().equals("jdl")) {
                assertThat(Descriptions.expand(block.text()).jobs()).hasSize(1);
                shown++;
            } else if (block.kind().equals("jdl sweep")) {
                sweep = Descriptions.expand(block.text());
                shown++;
            } else if (block.kind().startsWith("jdl job ")) {
                int index = Integer.parseInt(block.kind().substring("jdl job ".length()));
                Optional<String> values = sweep.jobs().get(index).sweepValues();
                assertThat(new JobText(sweep.description()).original(index, values, Descriptions.ID))
                        .isEqualTo(block.text());
                shown++;
            }
        }
        assertThat(shown).isGreaterThanOrEqualTo(5);
    }

    @Test
    void quotesErrorsAndWarningsWordForWord() {
        List<Block> blocks = blocks();
        int quoted = 0;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            String jdl = blocks.get(i).text();
            if (blocks.get(i).kind().equals("jdl refused")) {
                DiracException error = catchThrowableOfType(DiracException.class, () -> Descriptions.expand(jdl));
                assertThat(error).as(jdl).isNotNull();
                assertThat(blocks.get(i + 1)).isEqualTo(new Block("text", error.detail()));
                quoted++;
            } else if (blocks.get(i).kind().equals("jdl warned")) {
                String warnings = String.join("\n", Descriptions.expand(jdl).warnings());
                assertThat(blocks.get(i + 1)).isEqualTo(new Block("text", warnings));
                quoted++;
            }
        }
        assertThat(quoted).isGreaterThanOrEqualTo(9);
    }

    @Test
    void listsEveryAttributeAndWhetherItActs() {
        for (JobAttribute attribute : JobAttribute.values()) {
            String acts =
                    switch (attribute.role()) {
                        case ACTS, DEMANDS, SWEEPS -> "yes";
                        case SERVER_SETS -> "server";
                        case STORED -> "stored";
                    };
            assertThat(reference
                            .lines()
                            .filter(line -> line.matches(
                                    "\\| [^|]*`" + attribute.wireName() + "`[^|]*\\|.* \\| " + acts + " \\|")))
                    .as("the row of %s", attribute.wireName())
                    .hasSize(1);
            attribute.alias().ifPresent(alias -> assertThat(reference).contains("(`" + alias + "`)"));
        }
    }

    @Test
    void namesTheLimitsOfTheParser() {
        assertThat(reference.replace(" ", ""))
                .contains(
                        Integer.toString(JdlParser.MAX_TEXT_LENGTH), "64levels", "255characters", "1048576characters");
    }
}
