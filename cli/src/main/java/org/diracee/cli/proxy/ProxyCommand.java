/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on proxy certificates. */
@Command(
        name = "proxy",
        description = "Make proxy certificates, entrust them to the server, get them from it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InitProxy.class, UploadProxy.class, DownloadProxy.class, ShowProxies.class, DeleteProxies.class})
public final class ProxyCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on proxies is needed.");
    }
}
