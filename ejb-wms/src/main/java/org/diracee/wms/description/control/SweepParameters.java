/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.jdl.JdlAttribute;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlReal;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;

/**
 * The sequences of a sweep, all of the same length.
 *
 * @see "WMS reference 4.4"
 */
record SweepParameters(List<Sequence> sequences, int count) {

    /** Values that all sequences of a sweep together may have. */
    static final long MOST_VALUES = 2_000_000;

    /**
     * The values that one parameter takes in the jobs.
     *
     * @param name as written after the dot of {@code Parameters.X}, or {@link Template#UNNAMED}
     */
    record Sequence(String name, List<JdlValue> items) {

        /** The attribute that defines it. */
        String attribute() {
            return attributeOf(JobAttribute.PARAMETERS, name);
        }

        boolean hasLists() {
            return items.stream().anyMatch(JdlList.class::isInstance);
        }
    }

    /**
     * Reads the sweep's attributes; nothing if there is no sweep or it is wrong, which is then reported.
     *
     * @throws TooManyJobs before anything is expanded
     */
    static Optional<SweepParameters> read(JdlRecord description, int limit, Problems problems, List<String> warnings) {
        return new Reading(description, limit, problems, warnings).read();
    }

    /** Returns the position of each sequence by its name in lower case. */
    Map<String, Integer> slots() {
        return slots(sequences.stream().map(Sequence::name).toList());
    }

    static Map<String, Integer> slots(List<String> names) {
        Map<String, Integer> slots = new HashMap<>();
        names.forEach(name -> slots.put(name.toLowerCase(Locale.ROOT), slots.size()));
        return slots;
    }

    static String attributeOf(JobAttribute attribute, String name) {
        return name.isEmpty() ? attribute.wireName() : attribute.wireName() + "." + name;
    }

    /** Returns what stands after the dot of {@code Parameters.X}, or {@link Template#UNNAMED}. */
    static String sequenceName(String attribute) {
        int dot = attribute.indexOf('.');
        return dot < 0 ? Template.UNNAMED : attribute.substring(dot + 1);
    }

    /** Pads the number of a job to the width of the count. */
    static String number(int index, int count) {
        String digits = Integer.toString(index);
        return "0".repeat(Integer.toString(count).length() - digits.length()) + digits;
    }

    private record Reading(JdlRecord description, int limit, Problems problems, List<String> warnings) {

        private static final JdlInteger ZERO = new JdlInteger(0);
        private static final JdlInteger ONE = new JdlInteger(1);

        Optional<SweepParameters> read() {
            Map<String, String> names = names();
            Optional<JdlValue> parameters = description.value(JobAttribute.PARAMETERS.wireName());
            if (parameters.isEmpty()) {
                names.values()
                        .forEach(attribute -> problems.add(
                                attribute,
                                "stands without Parameters; a sweep needs Parameters = <number of jobs>, or a list"));
                return Optional.empty();
            }
            int before = problems.count();
            int count = length(JobAttribute.PARAMETERS.wireName(), parameters.get());
            long values = (long) Math.max(1, names.size()) * count;
            if (values > MOST_VALUES) {
                problems.add(
                        JobAttribute.PARAMETERS.wireName(),
                        names.size() + " sequences for " + count + " jobs have " + values + " values; allowed are "
                                + MOST_VALUES);
                return Optional.empty();
            }
            boolean list = items(parameters.get()).isPresent();
            boolean unnamed = list || names.isEmpty() || names.containsKey(Template.UNNAMED);
            List<Sequence> sequences = new ArrayList<>();
            if (unnamed && count > 0) {
                sequences.add(sequence(Template.UNNAMED, count));
            }
            names.remove(Template.UNNAMED);
            names.forEach((name, attribute) -> {
                String own = attributeOf(JobAttribute.PARAMETERS, sequenceName(attribute));
                int length =
                        description.value(own).map(value -> length(own, value)).orElse(count);
                if (length > 0 && count > 0 && length != count) {
                    problems.add(
                            own,
                            "has " + length + " values but Parameters " + (list ? "has " : "asks for ") + count
                                    + "; all sequences of a sweep must have the same length");
                } else if (length > 0) {
                    sequences.add(sequence(sequenceName(attribute), length));
                }
            });
            return problems.count() == before && count > 0
                    ? Optional.of(new SweepParameters(List.copyOf(sequences), count))
                    : Optional.empty();
        }

        /** Finds all names of sequences in lower case, each with the first attribute that uses it. */
        private Map<String, String> names() {
            Map<String, String> names = new LinkedHashMap<>();
            for (JdlAttribute attribute : description.attributes()) {
                boolean ofSweep = JobAttribute.named(attribute.name())
                        .filter(known -> known.role() == JobAttribute.Role.SWEEPS)
                        .isPresent();
                if (ofSweep && !attribute.name().equalsIgnoreCase(JobAttribute.PARAMETERS.wireName())) {
                    names.putIfAbsent(sequenceName(attribute.name()).toLowerCase(Locale.ROOT), attribute.name());
                }
            }
            return names;
        }

        /** Returns how many jobs a list or a number asks for, or -1 after reporting what is wrong with it. */
        private int length(String attribute, JdlValue value) {
            Optional<List<JdlValue>> items = items(value);
            long length;
            if (items.isPresent()) {
                length = items.get().size();
                for (JdlValue item : items.get()) {
                    boolean allowed = AttributeType.scalar(item).isPresent()
                            || (item instanceof JdlList list
                                    && list.items().stream().allMatch(part -> AttributeType.scalar(part)
                                            .isPresent()));
                    if (!allowed) {
                        problems.add(
                                attribute,
                                Problems.shown(item)
                                        + " is not allowed; allowed are texts, numbers, booleans and lists of them");
                        return -1;
                    }
                }
            } else {
                Optional<JdlValue> number = AttributeType.INTEGER.normalised(value);
                if (number.isEmpty()) {
                    problems.add(
                            attribute,
                            Problems.shown(value)
                                    + " is not allowed; allowed is a list of values or the number of jobs");
                    return -1;
                }
                length = ((JdlInteger) number.get()).value();
            }
            if (length > limit) {
                throw new TooManyJobs(length, limit);
            }
            if (length < 1) {
                problems.add(attribute, "asks for " + length + " jobs; allowed is 1 to " + limit);
                return -1;
            }
            return (int) length;
        }

        /** Returns the items if the value lists them: a text that is no number is a list of one. */
        private static Optional<List<JdlValue>> items(JdlValue value) {
            if (value instanceof JdlList list) {
                return Optional.of(list.items());
            }
            return value instanceof JdlText
                            && AttributeType.INTEGER.normalised(value).isEmpty()
                    ? Optional.of(List.of(value))
                    : Optional.empty();
        }

        private Sequence sequence(String name, int length) {
            Optional<List<JdlValue>> items = description
                    .value(attributeOf(JobAttribute.PARAMETERS, name))
                    .flatMap(Reading::items);
            if (items.isPresent()) {
                for (JobAttribute unused : List.of(
                        JobAttribute.PARAMETER_START, JobAttribute.PARAMETER_STEP, JobAttribute.PARAMETER_FACTOR)) {
                    String attribute = attributeOf(unused, name);
                    if (description.contains(attribute)) {
                        warnings.add(attribute + " has no effect, because " + attributeOf(JobAttribute.PARAMETERS, name)
                                + " lists its values");
                    }
                }
                return new Sequence(name, items.get());
            }
            return new Sequence(name, computed(name, length));
        }

        private List<JdlValue> computed(String name, int length) {
            JdlValue step = number(JobAttribute.PARAMETER_STEP, name, ZERO);
            JdlValue factor = number(JobAttribute.PARAMETER_FACTOR, name, ONE);
            JdlValue item = number(JobAttribute.PARAMETER_START, name, ONE);
            List<JdlValue> items = new ArrayList<>(length);
            items.add(item);
            try {
                while (items.size() < length) {
                    item = next(item, factor, step);
                    items.add(item);
                }
            } catch (ArithmeticException | IllegalArgumentException overflow) {
                problems.add(
                        attributeOf(JobAttribute.PARAMETERS, name),
                        "value " + items.size() + " of the sequence is too large for a number: " + Problems.shown(item)
                                + " * " + Problems.shown(factor) + " + " + Problems.shown(step));
            }
            return items;
        }

        private static JdlValue next(JdlValue item, JdlValue factor, JdlValue step) {
            if (item instanceof JdlInteger a && factor instanceof JdlInteger b && step instanceof JdlInteger c) {
                return new JdlInteger(Math.addExact(Math.multiplyExact(a.value(), b.value()), c.value()));
            }
            return new JdlReal(real(item) * real(factor) + real(step));
        }

        private static double real(JdlValue number) {
            return number instanceof JdlReal real ? real.value() : ((JdlInteger) number).value();
        }

        private JdlValue number(JobAttribute attribute, String name, JdlInteger standard) {
            String full = attributeOf(attribute, name);
            Optional<JdlValue> given = description.value(full);
            if (given.isEmpty()) {
                return standard;
            }
            if (given.get() instanceof JdlReal || given.get() instanceof JdlInteger) {
                return given.get();
            }
            return numberIn(given.get()).orElseGet(() -> {
                problems.add(full, Problems.shown(given.get()) + " is not allowed; allowed is a number");
                return standard;
            });
        }

        private static Optional<JdlValue> numberIn(JdlValue value) {
            Optional<JdlValue> integer = AttributeType.INTEGER.normalised(value);
            if (integer.isPresent() || !(value instanceof JdlText text)) {
                return integer;
            }
            try {
                return Optional.of(new JdlReal(Double.parseDouble(text.value().strip())));
            } catch (IllegalArgumentException noFiniteNumber) {
                return Optional.empty();
            }
        }
    }
}
