/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.configuration.boundary.NearestName;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;

/**
 * Tells what is wrong in a configuration: values that are not allowed and secrets are errors, options that nobody knows are
 * warnings, and every feature adds what it finds in its part.
 */
@ApplicationScoped
public class ConfigurationValidation {

    private ConfigurationSchema schema = new ConfigurationSchema(List.of());
    private Iterable<? extends ConfigurationCheck> checks = List.of();

    protected ConfigurationValidation() {} // for the container's proxy

    @Inject
    public ConfigurationValidation(ConfigurationSchema schema, @Any Instance<ConfigurationCheck> checks) {
        this(schema, (Iterable<ConfigurationCheck>) checks);
    }

    public ConfigurationValidation(ConfigurationSchema schema, Iterable<? extends ConfigurationCheck> checks) {
        this.schema = schema;
        this.checks = checks;
    }

    /**
     * What looks wrong only since a change; a fault that was there before stops nobody.
     *
     * @throws UnusableConfiguration if something that the change brings in cannot stand there
     * @throws InvalidConfiguration if it cannot be stored
     */
    public List<Finding> accepted(Configuration before, Configuration after, List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        Set<Finding> known = new HashSet<>(check(before));
        List<Finding> fresh = check(after).stream()
                .filter(finding -> !known.contains(finding))
                .toList();
        List<Finding> errors = Stream.concat(
                        fresh.stream().filter(finding -> finding.severity() == Finding.Severity.ERROR),
                        secretsInComments(changes).stream())
                .toList();
        if (!errors.isEmpty()) {
            throw new UnusableConfiguration(errors);
        }
        Changes.requireStorable(changes);
        return fresh;
    }

    /** Everything found, in the order of the document, then what features found. */
    public List<Finding> check(Configuration configuration) {
        Walk walk = new Walk(schema.tree(), configuration);
        walk.section("", configuration.tree(), schema.tree().start());
        List<Finding> findings = new ArrayList<>(walk.findings);
        Set<String> told = new HashSet<>();
        findings.forEach(finding -> told.add(finding.path()));
        for (ConfigurationCheck check : checks) {
            check.check(configuration).stream()
                    .filter(finding -> finding.severity() == Finding.Severity.WARNING || told.add(finding.path()))
                    .filter(finding -> !walk.secrets.contains(finding.path()))
                    .forEach(findings::add);
        }
        return List.copyOf(findings);
    }

    /** The secrets that changes bring in by comments, which no reader of the configuration sees. */
    private static List<Finding> secretsInComments(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.kind() == Change.Kind.COMMENT && SecretText.isInComment(change.after()))
                .map(change -> Finding.error(change.path(), "", SecretText.ADVICE))
                .toList();
    }

    /** One walk through a document beside the tree of options. */
    private static final class Walk {

        private final OptionTree tree;
        private final Configuration configuration;
        private final List<Finding> findings = new ArrayList<>();
        private final Set<String> secrets = new HashSet<>();

        Walk(OptionTree tree, Configuration configuration) {
            this.tree = tree;
            this.configuration = configuration;
        }

        void section(String path, Map<?, ?> section, List<OptionTree.Node> place) {
            section.forEach((key, value) -> {
                String name = String.valueOf(key);
                String at = path.isEmpty() ? name : path + "/" + name;
                List<OptionTree.Node> here = tree.under(place, name);
                if (value instanceof Map<?, ?> inner) {
                    boolean isMisplaced = !here.isEmpty() && here.stream().noneMatch(OptionTree.Node::isSection);
                    if (isMisplaced) {
                        findings.add(Finding.error(at, "", "This is a section; it must be an option with a value."));
                    } else if (here.isEmpty() && !place.isEmpty()) {
                        findings.add(Finding.warning(at, "", unknown("section", name, place)));
                    }
                    section(at, inner, isMisplaced ? List.of() : here);
                } else {
                    option(at, name, configuration.option(at).orElse(""), place, here);
                }
            });
        }

        private void option(
                String at, String name, String value, List<OptionTree.Node> place, List<OptionTree.Node> here) {
            if (SecretText.isSecret(name, value)) {
                secrets.add("/" + at);
                findings.add(Finding.error(at, "", SecretText.ADVICE));
            } else if (here.stream().anyMatch(OptionTree.Node::isOption)) {
                here.stream()
                        .flatMap(node -> Optional.<DeclaredOption<?>>ofNullable(node.declaration()).stream())
                        .findFirst()
                        .filter(option ->
                                !value.isBlank() && option.type().parse(value).isEmpty())
                        .ifPresent(option -> findings.add(Finding.error(
                                at,
                                value,
                                "The value is wrong: allowed is "
                                        + option.type().allowed() + unit(option) + ".")));
            } else if (!here.isEmpty()) {
                findings.add(Finding.warning(at, value, "This is an option; it must be a section."));
            } else if (!place.isEmpty()) {
                findings.add(Finding.warning(at, value, unknown("option", name, place)));
            }
        }

        private static String unit(DeclaredOption<?> option) {
            return option.type().unit().isEmpty() ? "" : " (" + option.type().unit() + ")";
        }

        private static String unknown(String kind, String name, List<OptionTree.Node> place) {
            return place.stream()
                    .flatMap(node -> NearestName.to(name, node.names()).stream())
                    .findFirst()
                    .map(near -> "No " + kind + " of this name is known here. Is " + near + " meant?")
                    .orElse("No " + kind + " of this name is known here; nothing reads it.");
        }
    }
}
