/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Function;
import org.diracee.cli.admin.AdminCommand;
import org.diracee.cli.ban.CeCommand;
import org.diracee.cli.ban.SiteCommand;
import org.diracee.cli.configuration.ConfigCommand;
import org.diracee.cli.data.DataCommand;
import org.diracee.cli.job.JobCommand;
import org.diracee.cli.job.ShowJobHistory;
import org.diracee.cli.job.ShowLimits;
import org.diracee.cli.login.Login;
import org.diracee.cli.login.Logout;
import org.diracee.cli.login.SessionsCommand;
import org.diracee.cli.login.WhoAmI;
import org.diracee.cli.operation.OperationCommand;
import org.diracee.cli.pilot.PilotCommand;
import org.diracee.cli.proxy.ProxyCommand;
import org.diracee.cli.webhook.WebhookCommand;
import org.diracee.client.ApiClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program {@code dirac-ee}. */
@Command(
        name = "dirac-ee",
        description =
                "Submits jobs to a DIRAC EE installation, follows them, fetches their results; configures the installation.",
        subcommands = {
            Login.class,
            Logout.class,
            WhoAmI.class,
            SessionsCommand.class,
            JobCommand.class,
            ShowLimits.class,
            ShowJobHistory.class,
            WebhookCommand.class,
            OperationCommand.class,
            PilotCommand.class,
            SiteCommand.class,
            CeCommand.class,
            DataCommand.class,
            ProxyCommand.class,
            ConfigCommand.class,
            AdminCommand.class,
            Completion.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Settings come from the environment: DIRACX_URL (address of the installation), DIRACX_CA_PATH (authorities to"
                    + " trust), DIRACX_CREDENTIALS_PATH (where the session is kept).",
            "",
            "Exit codes: 0 done, 1 some jobs or files failed, 2 wrong usage, 3 not logged in, 4 refused by the server,"
                    + " 5 no answer from the server, 6 trouble with a file on this machine."
        },
        versionProvider = DiracEe.Version.class)
public final class DiracEe implements Runnable {

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the program. */
    public static void main(String[] arguments) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.in,
                out,
                err,
                Boolean.getBoolean("dirac.terminal.out"),
                Boolean.getBoolean("dirac.terminal.err"),
                Clock.system(ZoneId.systemDefault()),
                length -> Thread.sleep(length.toMillis()));
        int code = run(surroundings, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), false);
    }

    /** Runs one command and returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        CommandLine program = new CommandLine(DiracEe.class, new Factory(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpWidth(100)
                .registerConverter(int.class, text -> whole(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> whole(text, Integer::valueOf))
                .registerConverter(long.class, text -> whole(text, Long::valueOf))
                .registerConverter(Long.class, text -> whole(text, Long::valueOf))
                .registerConverter(UUID.class, DiracEe::uuid)
                .setParameterExceptionHandler(DiracEe::explainUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, surroundings, parsed));
        int code = program.execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return code;
    }

    private static <N> N whole(String text, Function<String, N> reading) {
        try {
            return reading.apply(text);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException(
                    text.matches("[+-]?[0-9]+")
                            ? "'" + text + "' is too large a number"
                            : "'" + text + "' is no whole number");
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    "'" + text + "' is no id as lists show them: 0b9c6a52-0000-4000-8000-000000000001 would be one");
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is needed.");
    }

    private static int explainUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("dirac-ee: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, Surroundings surroundings, ParseResult parsed) {
        surroundings.out().flush();
        surroundings.say("dirac-ee: " + Failures.message(failure));
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        if (deepest.hasMatchedOption("--verbose")) {
            failure.printStackTrace(surroundings.err());
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return Failures.exitCode(failure);
    }

    /** Gives commands what they find around them. */
    private record Factory(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Surroundings.class) {
                    return type.cast(constructor.newInstance(surroundings));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** Says what this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"dirac-ee " + ApiClient.VERSION};
        }
    }
}
