/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Proxies;
import org.diracee.client.wire.ProxySummary;
import org.diracee.kernel.proxy.ProxyChain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the proxy on this machine and those at the server. */
@Command(
        name = "info",
        description = "Show the proxy on this machine and those that the server keeps for you.",
        footer = {"", "Shown of a file is what it says of itself; nothing is verified."})
public final class ShowProxies implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The proxy to show (else: X509_USER_PROXY, else /tmp/x509up_u<uid>).")
    private @Nullable String file;

    @Option(names = "--local", description = "Only the one on this machine; the server is not asked.")
    private boolean local;

    @Option(names = "--stored", description = "Only those at the server.")
    private boolean stored;

    public ShowProxies(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    /** Both. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Shown(Optional<LocalProxy> local, Optional<List<ProxySummary>> stored) {}

    @Override
    public Integer call() throws IOException {
        if (local && stored || stored && file != null) {
            throw CommandFailure.usage("--stored goes neither with --local nor with a file.");
        }
        Shown shown = new Shown(
                stored ? Optional.empty() : localProxy(), local ? Optional.empty() : Optional.of(storedProxies()));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), shown);
            return ExitCode.OK;
        }
        shown.local().ifPresent(this::print);
        shown.stored().ifPresent(this::print);
        return ExitCode.OK;
    }

    private Optional<LocalProxy> localProxy() throws IOException {
        ProxyFile proxy = ProxyFile.of(surroundings, file);
        if (file == null && !proxy.exists()) {
            surroundings.say("There is no proxy in " + proxy.path() + ".");
            return Optional.empty();
        }
        return Optional.of(LocalProxy.of(proxy.path().toString(), ProxyChain.read(proxy.read())));
    }

    private List<ProxySummary> storedProxies() {
        return new Proxies(connection.client()).list();
    }

    private void print(LocalProxy proxy) {
        PrintWriter out = surroundings.out();
        Duration left = Duration.between(surroundings.clock().instant(), proxy.expires());
        line(out, "file", proxy.file());
        line(out, "subject", proxy.subject());
        line(out, "issuer", proxy.issuer());
        line(out, "identity", proxy.identity());
        line(out, "type", proxy.type());
        line(out, "key", proxy.key());
        proxy.group().ifPresent(group -> line(out, "DIRAC group", group));
        proxy.fqans().forEach(fqan -> line(out, "VOMS", fqan));
        line(out, "ends", new Times(surroundings.clock().getZone(), surroundings.terminal()).text(proxy.expires()));
        line(out, "time left", Lifetimes.text(left));
        if (left.isNegative()) {
            surroundings.say("This proxy is over; make a new one with: dirac-ee proxy init");
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-12s ".formatted(name) + Printable.text(value));
    }

    private void print(List<ProxySummary> proxies) {
        if (proxies.isEmpty()) {
            surroundings.say("The server has no proxy of you; entrust one to it with: dirac-ee proxy upload");
            return;
        }
        if (!stored && surroundings.terminal()) {
            surroundings.out().println("\nAt the server:");
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("PROXY", "USER", "DN", "ENDS", "WARNING");
        proxies.forEach(proxy -> table.row(
                proxy.id(),
                proxy.user(),
                proxy.dn(),
                times.text(proxy.expires()),
                proxy.warning().orElse("")));
        table.print(surroundings.out(), surroundings.terminal());
    }
}
