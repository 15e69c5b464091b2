/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.control.ConfigurationSchema;
import org.diracee.framework.configuration.control.KnownOption;
import org.diracee.kernel.configuration.DeclaredOption;

/** Writes {@code docs/reference/configuration.md} from the declarations of all modules. */
final class ConfigurationReference {

    private static final String HEAD = """
            # Configuration options

            <!-- Generated from the declarations in the code by ConfigurationReferenceTest, which also tells how to renew it. -->

            Every option that this software acts on, and after them those of DIRAC and DiracX that it knows and does not act on yet.
            Validation takes a wrong value for an error, an option that stands in neither table for a slip, and a secret for an error
            wherever it stands: put it into the credential store of the server and write `credential:<alias>` in its place.

            A name in braces stands for any name: `{vo}` for a VO – in `Operations` also for `Defaults`, which counts for all VOs that say
            nothing themselves –, `{grid}`, `{site}`, `{ce}`, `{queue}` for those of the resource. What is in brackets may be left out: an
            option of a queue may also stand at its computing element or its site, and the nearest counts. A site may stand in a section of
            its grid or directly under `Sites`. `**` stands for everything below. An option without a value counts as not given.

            Yes is also `y`, `true` and `1`, no also `n`, `false` and `0`, in any letter case. Durations may have a fraction.
            """;

    private ConfigurationReference() {}

    /** The options of all modules: of every class that tells of some. */
    static ConfigurationSchema schema() {
        List<DeclaredOptions> features = new ArrayList<>();
        ProductClasses.ALL.stream()
                .filter(type -> type.isAssignableTo(DeclaredOptions.class) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .forEach(type -> features.add(instance(type.getName())));
        return new ConfigurationSchema(features);
    }

    static String text(ConfigurationSchema schema) {
        StringBuilder text = new StringBuilder(HEAD);
        Map<String, List<DeclaredOption<?>>> sections = new LinkedHashMap<>();
        for (DeclaredOption<?> option : schema.declared()) {
            sections.computeIfAbsent(section(option), none -> new ArrayList<>()).add(option);
        }
        sections.forEach((section, options) -> {
            text.append("\n## ").append(section).append("\n\n");
            row(text, "option", "allowed", "unless given", "unit", "meaning", "source");
            row(text, "---", "---", "---", "---", "---", "---");
            for (DeclaredOption<?> option : options) {
                row(
                        text,
                        code(option.path().pattern().substring(section.length() + 1)),
                        option.type().allowed(),
                        option.standard()
                                .filter(standard -> !standard.isEmpty())
                                .map(ConfigurationReference::code)
                                .orElse(""),
                        option.type().unit(),
                        option.meaning(),
                        option.source());
            }
        });
        text.append("\n## Known and not acted on\n\n");
        row(text, "option", "kind", "source");
        row(text, "---", "---", "---");
        for (KnownOption option : schema.known()) {
            row(text, code(option.path().pattern()), option.type(), option.source());
        }
        return text.toString();
    }

    private static String section(DeclaredOption<?> option) {
        String[] names = option.path().pattern().split("/", -1);
        return names.length > 2 && !names[1].startsWith("[") ? names[0] + "/" + names[1] : names[0];
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static DeclaredOptions instance(String name) {
        try {
            var constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (DeclaredOptions) constructor.newInstance();
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException(
                    name + " must tell of its options without anything injected, by a constructor without parameters",
                    unusable);
        }
    }
}
