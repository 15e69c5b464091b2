/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.kernel.value.VoName;

/**
 * An option of the configuration that this software acts on: the one place that says where it stands, what it may be, what it is
 * unless given, and what it means. It is read, validated and documented from here. An option without a value counts as not given.
 *
 * @param standard the text that counts unless one is given, if there is one
 * @param meaning one sentence for the one who sets it
 * @param source where it comes from: a section of a reference, or {@code DIRAC EE}
 * @param <T> what the text stands for
 */
public record DeclaredOption<T>(
        OptionPath path, OptionType<T> type, Optional<String> standard, String meaning, String source) {

    private static final String OPERATIONS = "Operations/{vo}/";

    /** @throws IllegalArgumentException if the default is not allowed; that is a mistake in the program */
    public DeclaredOption {
        if (standard.isPresent() && type.parse(standard.get()).isEmpty()) {
            throw new IllegalArgumentException("The default of " + path + " is not " + type.allowed());
        }
    }

    /** An option with a default. */
    public static <T> DeclaredOption<T> of(
            String path, OptionType<T> type, String standard, String meaning, String source) {
        return new DeclaredOption<>(new OptionPath(path), type, Optional.of(standard), meaning, source);
    }

    /** An option without a default. */
    public static <T> DeclaredOption<T> of(String path, OptionType<T> type, String meaning, String source) {
        return new DeclaredOption<>(new OptionPath(path), type, Optional.empty(), meaning, source);
    }

    /**
     * The value, or the default.
     *
     * @param names in place of the path's placeholders, in their order
     * @throws InvalidOption if the value is not allowed, or if there is neither a value nor a default
     */
    public T read(Configuration configuration, String... names) {
        String at = path.at(names);
        return value(configuration, at).orElseGet(() -> standardAt(at));
    }

    /**
     * The VO's value, in {@code Operations} else that for all VOs, or the default.
     *
     * @throws InvalidOption if the value is not allowed, or if there is neither a value nor a default
     */
    public T read(Configuration configuration, VoName vo) {
        return find(configuration, vo).orElseGet(() -> standardAt(path.at(vo.text())));
    }

    /**
     * The value in the first of the sections that has one, or the default.
     *
     * @param nearestFirst paths of sections
     * @throws InvalidOption if the value is not allowed, or if there is neither a value nor a default
     */
    public T readIn(Configuration configuration, List<String> nearestFirst) {
        return findIn(configuration, nearestFirst).orElseGet(() -> standardAt(nearestFirst.get(0) + "/" + path.name()));
    }

    /**
     * The value, if one is given.
     *
     * @param names in place of the path's placeholders, in their order
     * @throws InvalidOption if it is not allowed
     */
    public Optional<T> find(Configuration configuration, String... names) {
        return value(configuration, path.at(names));
    }

    /**
     * The VO's value, in {@code Operations} else that for all VOs, if one is given.
     *
     * @throws InvalidOption if it is not allowed
     */
    public Optional<T> find(Configuration configuration, VoName vo) {
        Optional<T> own = value(configuration, path.at(vo.text()));
        return path.pattern().startsWith(OPERATIONS) ? own.or(() -> value(configuration, path.at("Defaults"))) : own;
    }

    /**
     * The value in the first of the sections that has one.
     *
     * @param nearestFirst paths of sections
     * @throws InvalidOption if it is not allowed
     */
    public Optional<T> findIn(Configuration configuration, List<String> nearestFirst) {
        return nearestFirst.stream()
                .map(section -> section + "/" + path.name())
                .flatMap(at -> value(configuration, at).stream())
                .findFirst();
    }

    /**
     * The values of all the sections that have one, in the order of these.
     *
     * @throws InvalidOption if one is not allowed
     */
    public Stream<T> all(Configuration configuration, List<String> sections) {
        return sections.stream().flatMap(section -> value(configuration, section + "/" + path.name()).stream());
    }

    /**
     * The value among options that were taken from a section, or from several.
     *
     * @param section what to name as their place if it is wrong
     * @throws InvalidOption if it is not allowed
     */
    public Optional<T> findAmong(Map<String, String> options, String section) {
        return parsed(Optional.ofNullable(options.get(path.name())), section + "/" + path.name());
    }

    /** What counts unless a value is given, if there is such a default. */
    public Optional<T> standardValue() {
        return standard.flatMap(type::parse);
    }

    private Optional<T> value(Configuration configuration, String at) {
        return parsed(configuration.option(at), at);
    }

    private Optional<T> parsed(Optional<String> value, String at) {
        return value.filter(text -> !text.isBlank())
                .map(text -> type.parse(text).orElseThrow(() -> new InvalidOption(at, text, type.allowed())));
    }

    private T standardAt(String at) {
        return standardValue().orElseThrow(() -> new InvalidOption(at, "", type.allowed()));
    }
}
