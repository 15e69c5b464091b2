/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Words of a command line taken apart into {@code --name value} or {@code --name=value}. */
final class Options {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal MAX_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(366).toSeconds());

    private final Map<String, List<String>> values;

    private Options(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Takes the words apart.
     *
     * @param once options that may stand once
     * @param repeated options that may be repeated
     * @throws UsageError if a word is no known option or has no value
     */
    static Options of(List<String> words, Set<String> once, Set<String> repeated) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String option = name.startsWith("--") ? name.substring(2) : "";
            if (!once.contains(option) && !repeated.contains(option)) {
                throw new UsageError("'" + name + "' is no option of the pilot");
            }
            if (equals < 0 && i + 1 == words.size()) {
                throw new UsageError(name + " needs a value");
            }
            String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
            List<String> all = values.computeIfAbsent(option, key -> new ArrayList<>());
            all.add(value);
            if (all.size() > 1 && once.contains(option)) {
                throw new UsageError(name + " is given twice");
            }
        }
        return new Options(values);
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> new UsageError("--" + name + " is missing"));
    }

    Optional<String> optional(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    OptionalInt integer(String name, int least, int most) {
        OptionalLong value = whole(name, least, most);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong whole(String name, long least, long most) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.get().matches("[0-9]{1,18}")) {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return OptionalLong.of(value);
            }
        }
        throw new UsageError(
                "--" + name + " '" + text.get() + "': a number from " + least + " to " + most + " is expected");
    }

    /** Reads seconds, with decimals if need be. */
    Duration seconds(String name, Duration usual) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return usual;
        }
        if (text.get().matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
            BigDecimal seconds = new BigDecimal(text.get());
            if (seconds.signum() > 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
                return Duration.ofNanos(seconds.multiply(NANOS).longValueExact());
            }
        }
        throw new UsageError("--" + name + " '" + text.get() + "': seconds are expected, more than 0 and at most "
                + MAX_SECONDS.toPlainString());
    }
}
