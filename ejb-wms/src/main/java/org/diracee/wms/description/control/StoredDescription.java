/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.jdl.JdlAttribute;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.jspecify.annotations.Nullable;

/**
 * A description as the database keeps it, once for all jobs that it made. It has two parts: what the user gave, where the lists
 * of a sweep are replaced by their lengths because each job keeps its own values, and what the server added.
 */
public final class StoredDescription {

    /** Stands for the id of the job wherever it is in a description. */
    static final String JOB_ID_PLACEHOLDER = "%j";

    private static final String GIVEN = "Given";
    private static final String ADDED = "Added";

    private final JdlRecord given;
    private final JdlRecord added;
    private final int count;
    private final List<String> sequences = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();

    StoredDescription(JdlRecord given, JdlRecord added) {
        this.given = given;
        this.added = added;
        this.count =
                given.integer(JobAttribute.PARAMETERS.wireName()).orElse(0L).intValue();
        if (count > 0) {
            // a place for the sequence without a name costs nothing where there is none
            sequences.add(Template.UNNAMED);
        }
        for (JdlAttribute attribute : given.attributes()) {
            if (isOfSweep(attribute) && attribute.name().indexOf('.') > 0) {
                sequences.add(SweepParameters.sequenceName(attribute.name()));
            }
        }
        Map<String, Integer> slots = SweepParameters.slots(sequences);
        for (JdlAttribute attribute : given.attributes()) {
            if (!isOfSweep(attribute)) {
                names.add(attribute.name());
                templates.add(new Template(attribute.value(), slots));
            }
        }
    }

    /** Makes the stored form of a description whose sweep, if it has one, was read. */
    static StoredDescription of(JdlRecord description, @Nullable SweepParameters sweep, JdlRecord added) {
        JdlRecord.Builder given = JdlRecord.builder();
        for (JdlAttribute attribute : description.attributes()) {
            if (!isOfSweep(attribute)) {
                given.put(attribute.name(), attribute.value());
            }
        }
        if (sweep != null) {
            given.put(JobAttribute.PARAMETERS.wireName(), sweep.count());
            sweep.sequences().forEach(sequence -> given.put(sequence.attribute(), sweep.count()));
        }
        return new StoredDescription(given.build(), added);
    }

    /** Reads the text that {@link #text()} made. */
    public static StoredDescription parse(String text) {
        JdlRecord stored = JdlParser.parse(text);
        return new StoredDescription(part(stored, GIVEN), part(stored, ADDED));
    }

    private static JdlRecord part(JdlRecord stored, String name) {
        return stored.value(name)
                .filter(JdlRecord.class::isInstance)
                .map(JdlRecord.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("A stored description lacks its part " + name));
    }

    /** Returns the text to store. */
    public String text() {
        return JdlPrinter.print(
                JdlRecord.builder().put(GIVEN, given).put(ADDED, added).build());
    }

    /** Returns the description of one job as its user would have written it without a sweep. */
    public JdlRecord original(int index, @Nullable String values, long jobId) {
        return (JdlRecord) withJobId(expanded(index, values), jobId);
    }

    /** Returns the description of one job complete and with every known attribute in its type, as the wrapper obeys it. */
    public JdlRecord manifest(int index, @Nullable String values, long jobId) {
        JdlRecord.Builder manifest = normalised(expanded(index, values)).toBuilder();
        manifest.remove(JobAttribute.JOB_REQUIREMENTS.wireName());
        added.attributes().forEach(attribute -> manifest.put(attribute.name(), attribute.value()));
        manifest.put(JobAttribute.JOB_ID.wireName(), jobId);
        return (JdlRecord) withJobId(manifest.build(), jobId);
    }

    /** Returns what the user said of one job, the id not filled in. */
    private JdlRecord expanded(int index, @Nullable String values) {
        JdlRecord parameters = values == null ? JdlRecord.empty() : (JdlRecord) JdlParser.parseValue(values);
        List<JdlValue> items = new ArrayList<>();
        for (String sequence : sequences) {
            items.add(parameters
                    .value(SweepParameters.attributeOf(JobAttribute.PARAMETER, sequence))
                    .orElse(JdlList.of()));
        }
        Template.Items fillings = new Template.Items(items, count == 0 ? "" : SweepParameters.number(index, count));
        JdlRecord.Builder record = JdlRecord.builder();
        for (int i = 0; i < names.size(); i++) {
            record.put(names.get(i), templates.get(i).fill(fillings));
        }
        if (count > 0) {
            record.put(JobAttribute.PARAMETER_NUMBER.wireName(), index);
            parameters.attributes().forEach(attribute -> record.put(attribute.name(), attribute.value()));
        }
        return record.build();
    }

    private static JdlRecord normalised(JdlRecord description) {
        JdlRecord.Builder record = JdlRecord.builder();
        for (JdlAttribute attribute : description.attributes()) {
            JobAttribute known = JobAttribute.named(attribute.name()).orElse(null);
            if (known == null || known.takesSuffix()) {
                record.put(attribute.name(), attribute.value());
            } else {
                record.put(
                        known.wireName(),
                        known.type().normalised(attribute.value()).orElse(attribute.value()));
            }
        }
        return record.build();
    }

    /** Puts the job's id wherever its placeholder stands in a text. */
    static JdlValue withJobId(JdlValue value, long jobId) {
        if (value instanceof JdlText text) {
            return text.value().contains(JOB_ID_PLACEHOLDER) ? new JdlText(withJobId(text.value(), jobId)) : text;
        }
        if (value instanceof JdlList list) {
            return JdlList.of(
                    list.items().stream().map(item -> withJobId(item, jobId)).toList());
        }
        if (value instanceof JdlRecord record) {
            return JdlRecord.of(record.attributes().stream()
                    .map(attribute -> new JdlAttribute(attribute.name(), withJobId(attribute.value(), jobId)))
                    .toList());
        }
        return value;
    }

    /** Puts the job's id wherever its placeholder stands. */
    public static String withJobId(String text, long jobId) {
        return text.replace(JOB_ID_PLACEHOLDER, Long.toString(jobId));
    }

    static boolean isOfSweep(JdlAttribute attribute) {
        return JobAttribute.named(attribute.name())
                .filter(known -> known.role() == JobAttribute.Role.SWEEPS)
                .isPresent();
    }
}
