/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.CommandGroup;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Files;
import org.diracee.client.wire.QuotaPage;
import org.diracee.client.wire.QuotaRecord;
import org.diracee.client.wire.SetQuota;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands on quotas. */
@Command(
        name = "quota",
        description = "Show how much there may be and how much there is, and change that.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QuotaCommand.ShowOwn.class,
            QuotaCommand.ListAll.class,
            QuotaCommand.Setting.class,
            QuotaCommand.Removal.class
        })
public final class QuotaCommand extends CommandGroup {

    private static final String KINDS = "vo, group, user or directory.";

    public QuotaCommand() {
        super("A command on quotas is needed.");
    }

    /** A command on quotas. */
    abstract static class OnQuotas implements Callable<Integer> {

        private final Surroundings surroundings;

        @Mixin
        private final Connection connection;

        OnQuotas(Surroundings surroundings) {
            this.surroundings = surroundings;
            this.connection = new Connection(surroundings);
        }

        final Surroundings surroundings() {
            return surroundings;
        }

        final Files files() {
            return new Files(connection.client());
        }

        final int print(List<QuotaRecord> quotas, String nothing) {
            if (connection.json()) {
                JsonOutput.print(surroundings.out(), quotas);
                return ExitCode.OK;
            }
            Table table = new Table("KIND", "NAME", "FILES", "OF", "BYTES", "OF");
            quotas.forEach(quota -> table.row(
                    quota.kind(),
                    quota.name(),
                    Long.toString(quota.usedFiles()),
                    quota.files().map(String::valueOf).orElse("any"),
                    Long.toString(quota.usedBytes()),
                    quota.bytes().map(String::valueOf).orElse("any")));
            if (table.isEmpty()) {
                surroundings.say(nothing);
            } else {
                table.print(surroundings.out(), surroundings.terminal());
            }
            return ExitCode.OK;
        }
    }

    /** Shows the quotas that bound oneself. */
    @Command(name = "show", description = "Show the quotas that bound you, and how much of them is used.")
    public static final class ShowOwn extends OnQuotas {

        @Parameters(
                arity = "0..1",
                paramLabel = "DIRECTORY",
                description = "Where you want to put something; your own area unless given.")
        private Optional<String> directory = Optional.empty();

        public ShowOwn(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            return print(files().ownQuotas(directory), "No quota bounds you there.");
        }
    }

    /** Lists the quotas of the VO. */
    @Command(name = "list", description = "List the quotas of your VO; needs FileCatalogManagement.")
    public static final class ListAll extends OnQuotas {

        private static final int PAGE = 1000;

        public ListAll(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            Files files = files();
            List<QuotaRecord> quotas = new ArrayList<>();
            Optional<String> next = Optional.empty();
            do {
                QuotaPage page = files.quotas(PAGE, next);
                quotas.addAll(page.quotas());
                next = page.next();
            } while (next.isPresent());
            return print(quotas, "No quotas.");
        }
    }

    /** Sets a quota. */
    @Command(
            name = "set",
            description = "Set a quota of your VO, its groups, users or directories; needs FileCatalogManagement.")
    public static final class Setting extends OnQuotas {

        private static final String UNITS = "kMGTPE";

        @Parameters(index = "0", paramLabel = "KIND", description = KINDS)
        private String kind = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "Its name, of a directory the LFN.")
        private String name = "";

        @Option(
                names = "--files",
                paramLabel = "N",
                description = "How many files there may be; any number unless given.")
        private @Nullable Long most;

        @Option(
                names = "--bytes",
                paramLabel = "N",
                description = "How many bytes there may be, as in 1500000000 or 1500M (k, M, G, T, P: powers of 1000).")
        private @Nullable String bytes;

        public Setting(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            if (most == null && bytes == null) {
                throw CommandFailure.usage("--files or --bytes is needed.");
            }
            QuotaRecord set = files().setQuota(new SetQuota(
                    kind,
                    name,
                    Optional.ofNullable(most),
                    Optional.ofNullable(bytes).map(Setting::number)));
            return print(List.of(set), "");
        }

        private static long number(String text) {
            int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
            try {
                long number = Long.parseLong(unit < 0 ? text : text.substring(0, text.length() - 1));
                for (int thousands = 0; thousands <= unit; thousands++) {
                    number = Math.multiplyExact(number, 1000L);
                }
                return number;
            } catch (ArithmeticException | NumberFormatException wrong) {
                throw CommandFailure.usage("--bytes " + text + ": allowed are numbers such as 1500000000 or 1500M.");
            }
        }
    }

    /** Removes a quota. */
    @Command(name = "remove", description = "Remove a quota; needs FileCatalogManagement.")
    public static final class Removal extends OnQuotas {

        @Parameters(index = "0", paramLabel = "KIND", description = KINDS)
        private String kind = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "Its name, of a directory the LFN.")
        private String name = "";

        public Removal(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            files().removeQuota(kind, name);
            surroundings().say("The quota of the " + kind + " " + name + " is removed.");
            return ExitCode.OK;
        }
    }
}
