/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.sitedirector.gateway.PilotSettings.of;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.path;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options of an HTCondor-CE beside those of its pilots. None holds a secret. */
@ApplicationScoped
public class CondorSettings implements DeclaredOptions {

    private static final String SOURCE = "WMS reference 16";

    private static final int USUAL_PORT = 9619;
    private static final DeclaredOption<Boolean> USE_LOCAL_SCHEDD = DeclaredOption.of(
            path("UseLocalSchedd"),
            OptionType.yesNo(),
            "True",
            "Whether a schedd of the server's machine sends pilots on (CEType HTCondorCE); otherwise they are spooled to the CE itself.",
            SOURCE);
    private static final DeclaredOption<Boolean> USE_SSL = DeclaredOption.of(
            path("UseSSLSubmission"),
            OptionType.yesNo(),
            "False",
            "Whether we show a proxy or certificate, that of ProxyFile, instead of a token (CEType HTCondorCE).",
            SOURCE);
    private static final DeclaredOption<Integer> DAYS_TO_KEEP = DeclaredOption.of(
            path("DaysToKeepRemoteLogs"),
            OptionType.smallNumber(1),
            "1",
            "The days after which the CE forgets a pilot that has ended (CEType HTCondorCE).",
            SOURCE);
    private static final DeclaredOption<String> EXTRA_SUBMIT_STRING = DeclaredOption.of(
            path("ExtraSubmitString"),
            OptionType.text(),
            "More lines of the submit description, separated by \\n (CEType HTCondorCE).",
            SOURCE);
    private static final DeclaredOption<Path> WORKING_DIRECTORY = DeclaredOption.of(
            path("WorkingDirectory"),
            OptionType.filePath().as(Path::of),
            "condor",
            "Where pilots' files and outputs lie on the server (CEType HTCondorCE); a relative one lies in its data directory.",
            SOURCE);
    private static final DeclaredOption<Path> COMMANDS = DeclaredOption.of(
            path("CondorCommands"),
            OptionType.filePath().as(Path::of),
            "The directory of condor_submit and its like on the server (CEType HTCondorCE); by default where programs are.",
            "DIRAC EE");

    private Deployment deployment;

    protected CondorSettings() {} // for the container's proxy

    @Inject
    public CondorSettings(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * The name of the CE's schedd, by which its collector is found, too.
     *
     * @throws ComputingElementFailure if it is none, since it stands in command lines
     */
    String schedd(CeQueue queue) {
        String name = queue.slot().computingElement();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new ComputingElementFailure("'" + name + "' is no host: an HTCondor-CE is called by its host's name");
        }
        return name;
    }

    /** Host and port of the CE's collector; also the audience of tokens for it. */
    String collector(CeQueue queue) {
        return schedd(queue) + ":" + of(queue, ArcSettings.PORT).orElse(USUAL_PORT);
    }

    boolean usesLocalSchedd(CeQueue queue) {
        return of(queue, USE_LOCAL_SCHEDD).or(USE_LOCAL_SCHEDD::standardValue).orElseThrow();
    }

    boolean showsCertificate(CeQueue queue) {
        return of(queue, USE_SSL).or(USE_SSL::standardValue).orElseThrow();
    }

    int daysToKeep(CeQueue queue) {
        return of(queue, DAYS_TO_KEEP).or(DAYS_TO_KEEP::standardValue).orElseThrow();
    }

    /** Lines of the submit description; the configuration's text has no line ends, so they are written as in DIRAC. */
    List<String> extraLines(CeQueue queue) {
        return of(queue, EXTRA_SUBMIT_STRING)
                .map(text ->
                        text.replace("\\n", "\n").lines().map(String::strip).toList())
                .orElse(List.of());
    }

    /**
     * Where the files of pilots of this computing element lie.
     *
     * @throws ComputingElementFailure if a submit description could not hold its name
     */
    Path directory(CeQueue queue) {
        Path given = of(queue, WORKING_DIRECTORY)
                .or(WORKING_DIRECTORY::standardValue)
                .orElseThrow();
        Path directory = LocalSettings.directory(queue, given);
        if (!directory.toString().matches("[A-Za-z0-9/._+@=-]+")) {
            throw new ComputingElementFailure("WorkingDirectory of " + queue.computingElement() + " is " + directory
                    + "; allowed are letters, digits and /._+@=-");
        }
        return directory;
    }

    /** The program of this name, if it is not looked for where programs are. */
    String program(CeQueue queue, String name) {
        return of(queue, COMMANDS)
                .map(directory -> directory.resolve(name).toString())
                .orElse(name);
    }

    /** The authorities by which the CE's host certificate is trusted, if not those of HTCondor's own configuration. */
    Optional<Path> authorities() {
        return deployment.certificateAuthorities();
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(USE_LOCAL_SCHEDD, USE_SSL, DAYS_TO_KEEP, EXTRA_SUBMIT_STRING, WORKING_DIRECTORY, COMMANDS);
    }
}
