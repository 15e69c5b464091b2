/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.diracee.kernel.jdl.JdlAttribute;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlReal;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.kernel.value.JobId;
import org.junit.jupiter.api.Test;

/** The text of a job, made when asked for, is what an expansion at submission would have stored. */
class LateTextTest {

    private static final String[] PIECES = {"%s", "%(A)s", "%(b.c)s", "%n", "%j", "text ", "100%", "\"", "é", "%%", "n"
    };

    @Property(tries = 150)
    void equalsTheEagerExpansion(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(12);
        Map<String, List<JdlValue>> sequences = new TreeMap<>();
        sequences.put("", items(random, count));
        sequences.put("A", items(random, count));
        sequences.put("b.c", items(random, count));
        JdlRecord description = description(random, count, sequences);

        ExpandedDescription expanded = Descriptions.expand(JdlPrinter.print(description));

        JobText text = new JobText(expanded.description());
        assertThat(expanded.jobs()).hasSize(count);
        for (ExpandedJob job : expanded.jobs()) {
            JobId id = new JobId(1000 + job.index());
            assertThat(text.original(job.index(), job.sweepValues(), id))
                    .as("job %d", job.index())
                    .isEqualTo(JdlPrinter.print(eager(description, sequences, job.index(), count, id)));
        }
    }

    private static JdlRecord description(Random random, int count, Map<String, List<JdlValue>> sequences) {
        JdlRecord.Builder description = JdlRecord.builder().put("Executable", "run.sh");
        description.put("Note", text(random)).put("Parameters", JdlList.of(sequences.getOrDefault("", List.of())));
        description.put("More", JdlList.of(new JdlText("%(A)s"), new JdlText(text(random)), new JdlInteger(count)));
        description.put("Whole", "%(b.c)s").put("Parameters.A", JdlList.of(sequences.getOrDefault("A", List.of())));
        description.put(
                "Deep",
                JdlRecord.builder().put("X", text(random)).put("Y", "%s").build());
        return description
                .put("Parameters.b.c", JdlList.of(sequences.getOrDefault("b.c", List.of())))
                .build();
    }

    private static List<JdlValue> items(Random random, int count) {
        List<JdlValue> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new JdlInteger(random.nextInt(1000) - 500);
                        case 1 -> new JdlReal(random.nextInt(1000) / 8.0);
                        default -> new JdlText("v" + i + (random.nextBoolean() ? "\\\"" : ""));
                    });
        }
        return items;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** Expands as DIRAC does: by replacing text after text, one placeholder after the other. */
    private static JdlRecord eager(
            JdlRecord description, Map<String, List<JdlValue>> sequences, int index, int count, JobId id) {
        JdlRecord.Builder job = JdlRecord.builder();
        for (JdlAttribute attribute : description.attributes()) {
            if (!attribute.name().startsWith("Parameters")) {
                job.put(attribute.name(), replaced(attribute.value(), sequences, index, count, id));
            }
        }
        job.put("ParameterNumber", index);
        sequences.forEach(
                (name, items) -> job.put(name.isEmpty() ? "Parameter" : "Parameter." + name, items.get(index)));
        return job.build();
    }

    private static JdlValue replaced(
            JdlValue value, Map<String, List<JdlValue>> sequences, int index, int count, JobId id) {
        if (value instanceof JdlList list) {
            return JdlList.of(list.items().stream()
                    .map(item -> replaced(item, sequences, index, count, id))
                    .toList());
        }
        if (value instanceof JdlRecord record) {
            return JdlRecord.of(record.attributes().stream()
                    .map(attribute -> new JdlAttribute(
                            attribute.name(), replaced(attribute.value(), sequences, index, count, id)))
                    .toList());
        }
        if (!(value instanceof JdlText text)) {
            return value;
        }
        String result = text.value();
        for (Map.Entry<String, List<JdlValue>> sequence : sequences.entrySet()) {
            String placeholder = sequence.getKey().isEmpty() ? "%s" : "%(" + sequence.getKey() + ")s";
            result = result.replace(placeholder, scalar(sequence.getValue().get(index)));
        }
        int width = Integer.toString(count).length();
        result = result.replace("%n", ("000" + index).substring(("000" + index).length() - width));
        return new JdlText(result.replace("%j", id.toString()));
    }

    private static String scalar(JdlValue value) {
        return value instanceof JdlText text ? text.value() : value.toString();
    }

    @Test
    void readsItsOwnStoredForm() {
        String stored = Descriptions.with("Parameters = 2; Arguments = \"%n\"").description();

        assertThat(JdlPrinter.print(JdlParser.parse(stored))).isEqualTo(stored);
    }
}
