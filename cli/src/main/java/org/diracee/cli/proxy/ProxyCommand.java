/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on proxy certificates. */
@Command(
        name = "proxy",
        description = "Make proxy certificates, entrust them to the server, get them from it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InitProxy.class, UploadProxy.class, DownloadProxy.class, ShowProxies.class, DeleteProxies.class})
public final class ProxyCommand extends CommandGroup {

    public ProxyCommand() {
        super("A command on proxies is needed.");
    }
}
