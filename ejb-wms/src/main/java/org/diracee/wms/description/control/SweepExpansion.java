/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.diracee.kernel.jdl.JdlBoolean;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.wms.description.control.SweepParameters.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Derives the facts of every job of a description. Demands are derived once for each distinct set of values they depend on; an
 * attribute that is the same in all jobs costs nothing per job.
 */
final class SweepExpansion {

    /** Problems of single jobs after which a sweep is given up: they are likely all alike. */
    private static final int MOST_PROBLEMS = 20;

    private static final String USER_JOB = "User";
    private static final String SANDBOX = "SB:";
    private static final String LFN = "LFN:";

    private final DescriptionLimits limits;
    private final DemandRules demandRules;
    private final BiFunction<JobAttribute, JdlValue, Optional<JdlValue>> check;
    private final Problems problems;
    private final Map<JobAttribute, JdlValue> fixed;
    private final Map<JobAttribute, Template> demanding = new EnumMap<>(JobAttribute.class);
    private final Map<JobAttribute, Template> others = new EnumMap<>(JobAttribute.class);
    private final Map<String, JobDemands> derived = new HashMap<>();
    private final List<String> fixedInputData;
    private final Set<String> sandboxes = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * @param check returns a value in its type if it is allowed, reports it otherwise
     * @param fixed what all jobs have, checked
     * @param varying what differs between jobs and must be looked at in each
     */
    SweepExpansion(
            DescriptionLimits limits,
            BiFunction<JobAttribute, JdlValue, Optional<JdlValue>> check,
            Problems problems,
            Map<JobAttribute, JdlValue> fixed,
            Map<JobAttribute, Template> varying) {
        this.limits = limits;
        this.demandRules = new DemandRules(limits);
        this.check = check;
        this.problems = problems;
        this.fixed = fixed;
        this.fixedInputData = files(fixed.get(JobAttribute.INPUT_DATA));
        varying.forEach((attribute, template) ->
                (attribute.role() == JobAttribute.Role.DEMANDS ? demanding : others).put(attribute, template));
    }

    /** Derives the one job of a description without a sweep. */
    JobFacts single() {
        noteSandboxes(fixed.get(JobAttribute.INPUT_SANDBOX));
        return facts(0, null, new Template.Items(List.of(), ""));
    }

    /** Derives all jobs, or as many as are looked at before the sweep is given up. */
    List<JobFacts> all(SweepParameters sweep) {
        noteSandboxes(fixed.get(JobAttribute.INPUT_SANDBOX));
        int before = problems.count();
        List<JobFacts> jobs = new ArrayList<>(sweep.count());
        for (int i = 0; i < sweep.count() && problems.count() < before + MOST_PROBLEMS; i++) {
            problems.lookAt(i);
            List<JdlValue> items = new ArrayList<>(sweep.sequences().size());
            for (Sequence sequence : sweep.sequences()) {
                items.add(sequence.items().get(i));
            }
            String number = SweepParameters.number(i, sweep.count());
            jobs.add(facts(i, values(sweep.sequences(), items), new Template.Items(items, number)));
        }
        return jobs;
    }

    /** The uploaded sandboxes that the jobs name. */
    Set<String> sandboxes() {
        return sandboxes;
    }

    Set<String> warnings() {
        return warnings;
    }

    private JobFacts facts(int index, @Nullable String values, Template.Items items) {
        JobDemands demands = demands(items);
        Map<JobAttribute, JdlValue> own = ownValues(items);
        noteSandboxes(own.get(JobAttribute.INPUT_SANDBOX));
        List<String> inputData =
                own.containsKey(JobAttribute.INPUT_DATA) ? files(own.get(JobAttribute.INPUT_DATA)) : fixedInputData;
        if (inputData.size() > limits.maxInputData() && demands.jobType().equals(USER_JOB)) {
            problems.add(
                    JobAttribute.INPUT_DATA.wireName(),
                    "names " + inputData.size() + " files; allowed are " + limits.maxInputData() + " for jobs of type "
                            + USER_JOB);
        }
        boolean asksForFiles = !inputData.isEmpty()
                && limits.paths()
                        .asksForFiles(
                                demands.jobType(),
                                texts(value(own, JobAttribute.JOB_PATH)),
                                value(own, JobAttribute.DISABLE_DATA_SCHEDULING) instanceof JdlBoolean disabled
                                        && disabled.value());
        return new JobFacts(
                index,
                values,
                text(value(own, JobAttribute.JOB_NAME)),
                text(value(own, JobAttribute.JOB_GROUP)),
                text(value(own, JobAttribute.CLIENT_REF)),
                demands.jobType(),
                demands.priority(),
                demands.site(),
                demands.requirements(),
                asksForFiles ? inputData : List.of());
    }

    /** The values that this job alone has, those of its demands left out. */
    private Map<JobAttribute, JdlValue> ownValues(Template.Items items) {
        if (others.isEmpty()) {
            return Map.of();
        }
        Map<JobAttribute, JdlValue> own = new EnumMap<>(JobAttribute.class);
        others.forEach((attribute, template) ->
                check.apply(attribute, template.fill(items)).ifPresent(value -> own.put(attribute, value)));
        return own;
    }

    private @Nullable JdlValue value(Map<JobAttribute, JdlValue> own, JobAttribute attribute) {
        JdlValue value = own.get(attribute);
        return value == null ? fixed.get(attribute) : value;
    }

    private JobDemands demands(Template.Items items) {
        List<JdlValue> values = new ArrayList<>(demanding.size());
        for (Template template : demanding.values()) {
            values.add(template.fill(items));
        }
        // a text is a key that hostile values cannot make slow: texts of one hash are still ordered
        String key =
                values.size() == 1 ? JdlPrinter.printInline(values.get(0)) : JdlPrinter.printInline(JdlList.of(values));
        return derived.computeIfAbsent(key, absent -> derive(values));
    }

    private JobDemands derive(List<JdlValue> given) {
        Map<JobAttribute, JdlValue> values = new EnumMap<>(JobAttribute.class);
        values.putAll(fixed);
        int next = 0;
        for (JobAttribute attribute : demanding.keySet()) {
            check.apply(attribute, given.get(next)).ifPresent(value -> values.put(attribute, value));
            next++;
        }
        return demandRules.derive(values, problems);
    }

    private void noteSandboxes(@Nullable JdlValue inputSandbox) {
        if (!(inputSandbox instanceof JdlList files)) {
            return;
        }
        for (JdlValue file : files.items()) {
            String name = text(file);
            if (name.startsWith(SANDBOX)) {
                sandboxes.add(name);
            } else if (name.startsWith(LFN)) {
                warnings.add("InputSandbox holds an LFN; LFNs are stored but not yet acted on");
            } else {
                warnings.add("InputSandbox holds names of local files, which the server cannot fetch; "
                        + "upload them and name the sandbox, as dirac-ee job submit does");
            }
        }
    }

    private static String values(List<Sequence> sequences, List<JdlValue> items) {
        StringBuilder values = new StringBuilder("[");
        for (int i = 0; i < items.size(); i++) {
            values.append(i == 0 ? "" : "; ")
                    .append(SweepParameters.attributeOf(
                            JobAttribute.PARAMETER, sequences.get(i).name()))
                    .append(" = ")
                    .append(JdlPrinter.printInline(items.get(i)));
        }
        return values.append(']').toString();
    }

    private static List<String> files(@Nullable JdlValue value) {
        return texts(value).stream()
                .map(file -> file.startsWith(LFN) ? file.substring(LFN.length()) : file)
                .toList();
    }

    private static List<String> texts(@Nullable JdlValue value) {
        return value instanceof JdlList list
                ? list.items().stream().map(SweepExpansion::text).toList()
                : List.of();
    }

    private static String text(@Nullable JdlValue value) {
        return value instanceof JdlText text ? text.value() : "";
    }
}
