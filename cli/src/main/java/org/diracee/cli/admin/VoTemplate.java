/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.cli.CommandFailure;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * A part of the configuration with placeholders, of which VOs are made. A line whose placeholder stands for nobody is left out.
 *
 * @param name how messages call it
 */
record VoTemplate(String name, String text) {

    private static final String STANDARD = "vo-template.cfg";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_]+)}");

    /** The template of those who bring none. */
    static VoTemplate standard() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(VoTemplate.class.getResourceAsStream(STANDARD), "vo-template.cfg is missing")) {
            return new VoTemplate(STANDARD, new String(stream.readAllBytes(), UTF_8));
        }
    }

    /**
     * Returns the VO's part of the configuration.
     *
     * @param members all members, administrators among them
     * @throws CommandFailure if the template has a placeholder that means nothing
     */
    String filledIn(
            VoName vo, GroupName defaultGroup, Collection<VoMember> members, Collection<VoMember> administrators) {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("vo", vo.text());
        meanings.put("default_group", defaultGroup.text());
        meanings.put("users", sections(members));
        meanings.put("subjects", list(members, VoMember::subject));
        meanings.put("admins", list(administrators, member -> member.name().text()));
        meanings.put("admin_subjects", list(administrators, VoMember::subject));
        StringBuilder filled = new StringBuilder();
        for (String line : text.lines().toList()) {
            boolean comment = line.stripLeading().startsWith("#");
            filled.append(comment ? line + "\n" : filledIn(line, meanings));
        }
        return filled.toString();
    }

    private String filledIn(String line, Map<String, String> meanings) {
        Matcher placeholder = PLACEHOLDER.matcher(line);
        StringBuilder filled = new StringBuilder();
        while (placeholder.find()) {
            String meaning = meanings.get(placeholder.group(1));
            if (meaning == null) {
                throw CommandFailure.usage(
                        name + ": the placeholder " + placeholder.group() + " means nothing; there is "
                                + meanings.keySet().stream()
                                        .map(known -> "{" + known + "}")
                                        .collect(Collectors.joining(", ")));
            }
            if (meaning.isEmpty()) {
                return "";
            }
            placeholder.appendReplacement(filled, Matcher.quoteReplacement(meaning));
        }
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        return placeholder.appendTail(filled).toString().replace("\n", "\n" + indent) + "\n";
    }

    private static String list(Collection<VoMember> members, Function<VoMember, String> part) {
        return members.stream().map(part).collect(Collectors.joining(", "));
    }

    private static String sections(Collection<VoMember> members) {
        return members.stream()
                .flatMap(member ->
                        List.of(
                                member.subject(),
                                "{",
                                "  PreferedUsername = " + member.name().text(),
                                "}")
                                .stream())
                .collect(Collectors.joining("\n"));
    }
}
