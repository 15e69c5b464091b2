/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.configuration.CommitOptions;
import org.diracee.cli.configuration.ConfigurationCommit;
import org.diracee.client.ApiError;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a VO, made of a template, without a restart of the server. */
@Command(
        name = "add",
        description = "Add a VO with its groups and first users; it is there at once.",
        footer = {
            "",
            "A template is a part of the configuration (.cfg) with placeholders: {vo}, {default_group}, {users} (the"
                    + " sections of all users), {subjects} (of all users), {admins} (user names), {admin_subjects}. A line"
                    + " whose placeholder stands for nobody is left out."
        })
public final class AddVo implements Callable<Integer> {

    private static final Set<String> RESERVED = Set.of("Defaults", "Users", "Groups", "Hosts", "VO");
    private static final int NOT_FOUND = 404;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The VO's name.")
    private String name = "";

    @Option(names = "--template", paramLabel = "FILE", description = "The template; a plain one unless given.")
    private @Nullable String template;

    @Option(
            names = "--admin",
            paramLabel = "USER",
            description = "NAME or NAME:SUBJECT of a user who may change the VO's configuration; repeatable.")
    private List<String> administrators = List.of();

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "NAME or NAME:SUBJECT of a further user, the subject as the log-in gives it (the name unless"
                    + " given); repeatable.")
    private List<String> users = List.of();

    @Option(
            names = "--default-group",
            paramLabel = "GROUP",
            description = "The group of those who log in and name none; <NAME>_user unless given.")
    private @Nullable String defaultGroup;

    @Mixin
    private final CommitOptions options = new CommitOptions();

    public AddVo(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        VoName vo = vo();
        Map<String, VoMember> members = new LinkedHashMap<>();
        users.forEach(user -> add(members, VoMember.of(user)));
        List<VoMember> chosen = new ArrayList<>();
        for (String administrator : administrators) {
            VoMember known = members.get(administrator);
            VoMember member = known == null ? VoMember.of(administrator) : known;
            add(members, member);
            chosen.add(member);
        }
        String document = template().filledIn(vo, defaultGroup(vo), members.values(), chosen);

        Configurations configurations = new Configurations(connection.client());
        long base = configurations.revisionInForce(); // before the look: who makes the same VO later makes a conflict
        if (exists(configurations, vo)) {
            throw CommandFailure.refused("There is a VO " + vo + " already: dirac-ee config show /Registry/" + vo);
        }
        new ConfigurationCommit(surroundings, connection, configurations)
                .commit(
                        CommitConfiguration.ofDocument(base, options.message(), document, "cfg", "merge"),
                        options.dryRun());
        return ExitCode.OK;
    }

    private VoName vo() {
        try {
            VoName vo = new VoName(name);
            if (RESERVED.contains(name)) {
                throw CommandFailure.usage(
                        "'" + name + "' means something else in the configuration: no VO can be" + " called so.");
            }
            return vo;
        } catch (InvalidValue wrong) {
            throw CommandFailure.usage(wrong.detail());
        }
    }

    private GroupName defaultGroup(VoName vo) {
        try {
            return new GroupName(Optional.ofNullable(defaultGroup).orElse(vo + "_user"));
        } catch (InvalidValue wrong) {
            throw CommandFailure.usage(wrong.detail());
        }
    }

    private static void add(Map<String, VoMember> members, VoMember member) {
        VoMember same = members.putIfAbsent(member.name().text(), member);
        if (same != null && !same.equals(member)) {
            throw CommandFailure.usage(
                    "'" + member.name() + "' has two subjects: " + same.subject() + " and " + member.subject() + ".");
        }
        if (members.values().stream()
                        .filter(other -> other.subject().equals(member.subject()))
                        .count()
                > 1) {
            throw CommandFailure.usage("The subject '" + member.subject() + "' is given to two users.");
        }
    }

    private VoTemplate template() throws IOException {
        return template == null
                ? VoTemplate.standard()
                : new VoTemplate(template, Files.readString(surroundings.path(template)));
    }

    private static boolean exists(Configurations configurations, VoName vo) {
        try {
            configurations.document("/Registry/" + vo, "cfg", Optional.empty());
            return true;
        } catch (ApiError refused) {
            if (refused.status() == NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }
}
