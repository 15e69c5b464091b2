/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.jdl.JdlAttribute;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.jspecify.annotations.Nullable;

/**
 * Checks a description and derives what the server keeps of each of its jobs. Attributes that are the same in all jobs of a sweep
 * are checked once.
 *
 * @see "WMS reference 4.3 and 4.4"
 */
public final class DescriptionReader {

    /** Characters that the canonical text of one job may have. */
    static final int LONGEST_TEXT = 1024 * 1024;

    /** Characters that the attributes which are checked in each job may have in a whole sweep. */
    static final long MOST_TEXT = 256L * 1024 * 1024;

    /** Levels of lists and records that a description may have. */
    static final int DEEPEST = 32;

    /** Attributes that a description may have, those of its sweep counted too. */
    static final int MOST_ATTRIBUTES = 1000;

    private static final int MOST_WARNINGS = 50;

    private final DescriptionLimits limits;
    private final AttributeRules rules;
    private final Map<JobAttribute, String> ownerNames;

    public DescriptionReader(DescriptionLimits limits, JobOwner owner) {
        this.limits = limits;
        this.rules = new AttributeRules(limits, owner.vo());
        this.ownerNames = new EnumMap<>(Map.of(
                JobAttribute.OWNER, owner.user().text(),
                JobAttribute.OWNER_GROUP, owner.group().text(),
                JobAttribute.VIRTUAL_ORGANIZATION, owner.vo().text()));
    }

    /**
     * Reads a description.
     *
     * @throws InvalidJobDescription with all that is wrong
     * @throws TooManyJobs if its sweep makes more jobs than are allowed
     */
    public ReadDescription read(JdlRecord description) {
        return new Reading(description).read();
    }

    /** One description being read. */
    private final class Reading {

        private final JdlRecord description;
        private final Problems problems = new Problems();
        private final List<String> warnings = new ArrayList<>();
        private final Map<JobAttribute, JdlValue> fixed = new EnumMap<>(JobAttribute.class);
        private final Map<JobAttribute, Template> varying = new EnumMap<>(JobAttribute.class);
        private final List<Template> templates = new ArrayList<>();

        Reading(JdlRecord description) {
            this.description = description;
        }

        ReadDescription read() {
            if (description.depth() > DEEPEST) {
                problems.add("JDL", "lists and records nest " + description.depth() + " deep; allowed are " + DEEPEST);
            }
            if (description.size() > MOST_ATTRIBUTES) {
                problems.add("JDL", "has " + description.size() + " attributes; allowed are " + MOST_ATTRIBUTES);
            }
            problems.refuseIfAny(); // what is built without measure costs more to judge than to refuse
            int before = problems.count();
            SweepParameters sweep = SweepParameters.read(description, limits.maxJobs(), problems, warnings)
                    .orElse(null);
            boolean canExpand = problems.count() == before;
            Map<JobAttribute, String> seen = new EnumMap<>(JobAttribute.class);
            for (JdlAttribute attribute : description.attributes()) {
                if (!StoredDescription.isOfSweep(attribute)) {
                    Optional<JobAttribute> known = JobAttribute.named(attribute.name());
                    known.ifPresent(name -> refuseTwice(name, attribute.name(), seen));
                    warn(attribute, known);
                    canExpand &= attribute(attribute, known, sweep, canExpand);
                }
            }
            if (!description.contains(JobAttribute.EXECUTABLE.wireName())) {
                problems.add(JobAttribute.EXECUTABLE.wireName(), "is missing; it names the program or script to run");
            }
            StoredDescription stored = StoredDescription.of(description, sweep, added());
            canExpand &= isSmall(stored, sweep);
            return jobs(stored, sweep, canExpand);
        }

        /** Reads one attribute and tells whether the placeholders in it are right. */
        private boolean attribute(
                JdlAttribute attribute,
                Optional<JobAttribute> known,
                @Nullable SweepParameters sweep,
                boolean canExpand) {
            if (!canExpand) {
                // what a placeholder would become is unknown, so only attributes without one can be judged
                if (Template.placeholders(attribute.value()).isEmpty()) {
                    known.ifPresent(name -> keep(name, attribute.value()));
                }
                return false;
            }
            int before = problems.count();
            Template template = template(attribute, sweep);
            boolean right = problems.count() == before;
            if (template.varies()) {
                templates.add(template);
                known.ifPresent(name -> varying.put(name, template));
            } else if (right) {
                known.ifPresent(name -> keep(name, attribute.value()));
            }
            return right;
        }

        private void keep(JobAttribute attribute, JdlValue given) {
            check(attribute, given).ifPresent(value -> fixed.put(attribute, value));
        }

        private void refuseTwice(JobAttribute attribute, String name, Map<JobAttribute, String> seen) {
            String earlier = attribute.takesSuffix() ? null : seen.putIfAbsent(attribute, name);
            if (earlier != null) {
                problems.add(name, "is given beside " + earlier + ", which is the same; allowed is one of them");
            }
        }

        private void warn(JdlAttribute attribute, Optional<JobAttribute> known) {
            if (warnings.size() >= MOST_WARNINGS) {
                return;
            }
            String name = attribute.name();
            if (known.isEmpty()) {
                warnings.add(name + " is no attribute that this server knows"
                        + Spelling.didYouMean(name, JobAttribute.names()) + "; it is stored and has no effect");
            } else if (known.get().role() == JobAttribute.Role.STORED) {
                warnings.add(name + " is stored but not yet acted on");
            } else if (known.get() == JobAttribute.JOB_ID || known.get() == JobAttribute.JOB_REQUIREMENTS) {
                warnings.add(name + " is set by the server; the value given has no effect");
            }
        }

        private Template template(JdlAttribute attribute, @Nullable SweepParameters sweep) {
            if (sweep == null) {
                Template.placeholders(attribute.value())
                        .forEach(placeholder -> warnings.add(attribute.name() + " holds " + placeholder
                                + ", which stays as it is because there is no Parameters"));
                return new Template(attribute.value(), Map.of());
            }
            Template template = new Template(attribute.value(), sweep.slots());
            for (String placeholder : template.unknown()) {
                List<String> allowed = placeholders(sweep);
                problems.add(
                        attribute.name(),
                        Problems.shown(placeholder) + " names no sequence of this sweep"
                                + Spelling.didYouMean(placeholder, allowed) + "; allowed are "
                                + String.join(", ", allowed));
            }
            for (int slot = 0; slot < sweep.sequences().size(); slot++) {
                SweepParameters.Sequence sequence = sweep.sequences().get(slot);
                if (template.usesWithinText(slot) && sequence.hasLists()) {
                    problems.add(
                            attribute.name(),
                            "a list of " + sequence.attribute()
                                    + " would stand within a text; allowed is a text that is the placeholder alone");
                }
            }
            return template;
        }

        private List<String> placeholders(SweepParameters sweep) {
            List<String> placeholders = new ArrayList<>();
            for (SweepParameters.Sequence sequence : sweep.sequences()) {
                placeholders.add(sequence.name().isEmpty() ? "%s" : "%(" + sequence.name() + ")s");
            }
            placeholders.add("%n");
            placeholders.add(StoredDescription.JOB_ID_PLACEHOLDER);
            return placeholders;
        }

        /** Returns the value in its type if it is allowed, reports it otherwise. */
        private Optional<JdlValue> check(JobAttribute attribute, JdlValue given) {
            Optional<JdlValue> value = attribute.type().normalised(given);
            if (value.isEmpty()) {
                problems.add(
                        attribute.wireName(),
                        Problems.shown(given) + " is " + given.kind() + "; allowed is "
                                + attribute.type().words());
                return value;
            }
            return rules.check(attribute, value.get(), problems) && isOwners(attribute, value.get())
                    ? value
                    : Optional.empty();
        }

        private boolean isOwners(JobAttribute attribute, JdlValue value) {
            String mine = ownerNames.get(attribute);
            if (mine == null || value.equals(new JdlText(mine))) {
                return true;
            }
            problems.add(
                    attribute.wireName(),
                    Problems.shown(value) + " is not who submits; allowed is '" + mine + "', or to leave it out");
            return false;
        }

        private boolean isOwnersName(JobAttribute attribute) {
            return ownerNames.containsKey(attribute);
        }

        /** Returns what the server fills in. */
        private JdlRecord added() {
            JdlRecord.Builder added = JdlRecord.builder();
            DescriptionDefaults.of(limits).forEach((attribute, value) -> {
                if (!fixed.containsKey(attribute) && !varying.containsKey(attribute)) {
                    added.put(attribute.wireName(), value);
                    fixed.put(attribute, value);
                }
            });
            ownerNames.forEach((attribute, name) -> added.put(attribute.wireName(), name));
            return added.build();
        }

        /** Tells whether the jobs keep a bearable size when their placeholders are filled, and reports it if not. */
        private boolean isSmall(StoredDescription stored, @Nullable SweepParameters sweep) {
            long length = stored.text().length();
            long work = 0;
            if (sweep != null) {
                work = length * sweep.count() * (checkedPerJob(sweep).isEmpty() ? 0 : 1);
                for (int slot = 0; slot < sweep.sequences().size(); slot++) {
                    LongSummaryStatistics items = sweep.sequences().get(slot).items().stream()
                            .mapToLong(item -> JdlPrinter.printInline(item).length())
                            .summaryStatistics();
                    length += (1 + uses(templates, slot)) * items.getMax();
                    work += uses(checkedPerJob(sweep).values(), slot) * items.getSum();
                }
            }
            if (length > LONGEST_TEXT) {
                problems.add(
                        "JDL", "the text of a job would have " + length + " characters; allowed are " + LONGEST_TEXT);
            } else if (work > MOST_TEXT) {
                problems.add(
                        "JDL",
                        "the sweep would make " + work + " characters of text; allowed are " + MOST_TEXT
                                + ", so split it or say less in attributes that hold placeholders");
            }
            return length <= LONGEST_TEXT && work <= MOST_TEXT;
        }

        private static long uses(Collection<Template> templates, int slot) {
            return templates.stream().mapToLong(template -> template.uses(slot)).sum();
        }

        /** Finds the attributes that must be looked at in every job: one without a rule fits in all if it fits its type. */
        private Map<JobAttribute, Template> checkedPerJob(SweepParameters sweep) {
            boolean lists = sweep.sequences().stream().anyMatch(SweepParameters.Sequence::hasLists);
            Map<JobAttribute, Template> checked = new EnumMap<>(varying);
            checked.keySet()
                    .removeIf(attribute -> attribute.type() == AttributeType.TEXT
                            && !lists
                            && !rules.has(attribute)
                            && !isOwnersName(attribute));
            return checked;
        }

        private ReadDescription jobs(StoredDescription stored, @Nullable SweepParameters sweep, boolean canExpand) {
            Map<JobAttribute, Template> perJob = sweep == null || !canExpand ? Map.of() : checkedPerJob(sweep);
            SweepExpansion expansion = new SweepExpansion(limits, this::check, problems, fixed, perJob);
            List<JobFacts> jobs = sweep == null || !canExpand ? List.of(expansion.single()) : expansion.all(sweep);
            problems.refuseIfAny();
            warnings.addAll(expansion.warnings());
            if (sweep != null) {
                warnOfUnused(sweep);
            }
            return new ReadDescription(stored, jobs, List.copyOf(expansion.sandboxes()), warnings);
        }

        private void warnOfUnused(SweepParameters sweep) {
            for (int slot = 0; slot < sweep.sequences().size(); slot++) {
                SweepParameters.Sequence sequence = sweep.sequences().get(slot);
                if (!sequence.name().isEmpty() && uses(templates, slot) == 0) {
                    warnings.add(sequence.attribute() + " is used by no placeholder %(" + sequence.name() + ")s");
                }
            }
        }
    }
}
