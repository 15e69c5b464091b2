/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionPath;

/** All options there are: those that this software acts on, and those it only knows of. */
@ApplicationScoped
public class ConfigurationSchema {

    private static final String KNOWN = "known-options.txt";

    private OptionTree tree = new OptionTree();
    private List<DeclaredOption<?>> declared = List.of();
    private List<KnownOption> known = List.of();

    protected ConfigurationSchema() {} // for the container's proxy

    @Inject
    public ConfigurationSchema(@Any Instance<DeclaredOptions> features) {
        this((Iterable<DeclaredOptions>) features);
    }

    public ConfigurationSchema(Iterable<? extends DeclaredOptions> features) {
        List<DeclaredOption<?>> all = new ArrayList<>();
        features.forEach(feature -> all.addAll(feature.options()));
        all.sort(Comparator.comparing(option -> option.path().pattern()));
        declared = List.copyOf(all);
        known = readKnown();
        known.forEach(option -> tree.add(option.path()));
        declared.forEach(tree::add);
    }

    /** The options that are acted on, in the order of their paths. */
    public List<DeclaredOption<?>> declared() {
        return declared;
    }

    /** The options that are known and not acted on, in the order of their table. */
    public List<KnownOption> known() {
        return known;
    }

    /** The declaration of the option at this path, if it is acted on. */
    public Optional<DeclaredOption<?>> declaration(String path) {
        return place(path).stream()
                .flatMap(node -> Optional.<DeclaredOption<?>>ofNullable(node.declaration()).stream())
                .findFirst();
    }

    /** How formats that know more than texts write the option at this path. */
    public Typing.Kind kind(String path) {
        return declaration(path)
                .map(option -> switch (option.type().form()) {
                    case TEXT -> Typing.Kind.TEXT;
                    case LIST -> Typing.Kind.LIST;
                    case NUMBER -> Typing.Kind.NUMBER;
                    case YES_NO -> Typing.Kind.BOOLEAN;
                })
                .orElse(Typing.Kind.TEXT);
    }

    /** The patterns of all options; protected, so that the container's proxy passes the call on for certain. */
    protected OptionTree tree() {
        return tree;
    }

    private List<OptionTree.Node> place(String path) {
        List<OptionTree.Node> place = tree.start();
        for (String name : (path.startsWith("/") ? path.substring(1) : path).split("/", -1)) {
            place = tree.under(place, name);
        }
        return place;
    }

    /** One option a line: pattern, kind of value; a line that begins with # names the source of those that follow. */
    private static List<KnownOption> readKnown() {
        List<KnownOption> options = new ArrayList<>();
        String source = "";
        try (InputStream stream = Objects.requireNonNull(ConfigurationSchema.class.getResourceAsStream(KNOWN), KNOWN);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    source = line.substring(1).strip();
                } else if (!line.isBlank()) {
                    int gap = line.lastIndexOf(' ');
                    options.add(new KnownOption(
                            new OptionPath(line.substring(0, gap).strip()), line.substring(gap + 1), source));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(options);
    }
}
