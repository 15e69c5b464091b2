/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Times;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.value.GroupName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a proxy of the user's certificate on this machine. */
@Command(
        name = "init",
        description = "Make a proxy of your certificate; the server is not asked, unless with --upload.")
public final class InitProxy implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Mixin
    private final OwnCertificate certificate;

    @Option(
            names = "--valid",
            paramLabel = "HOURS",
            defaultValue = "12",
            description = "How long it is to be good; ${DEFAULT-VALUE} hours unless given.")
    private int hours;

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "The DIRAC group in which its holder is to act.")
    private @Nullable String group;

    @Option(names = "--limited", description = "Make a limited proxy, good for access to data alone.")
    private boolean limited;

    @Option(names = "--rfc", description = "Does nothing: proxies are always those of RFC 3820.", hidden = true)
    boolean rfc;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes (else: X509_USER_PROXY, else /tmp/x509up_u<uid>).")
    private @Nullable String out;

    @Option(
            names = "--upload",
            description = "Entrust a proxy without group to the server as well, as 'proxy upload' does.")
    private boolean upload;

    public InitProxy(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
        this.certificate = new OwnCertificate(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        Duration life = Lifetimes.hours("--valid", hours);
        ProxyCredential own = certificate.read();
        Instant now = surroundings.clock().instant();
        ProxyTerms terms = ProxyTerms.full(now, now.plus(life)).limitedIf(limited);
        if (group != null) {
            terms = terms.in(group(group));
        }
        ProxyCredential proxy = own.proxy(terms);
        ProxyFile file = ProxyFile.of(surroundings, out);
        file.write(proxy);
        if (own.chain().expires().isBefore(terms.expires())) {
            surroundings.say("Your certificate ends earlier than that, and the proxy with it.");
        }
        surroundings.say("Proxy of " + proxy.chain().dn() + " until "
                + new Times(surroundings.clock().getZone(), true)
                        .text(proxy.chain().expires())
                + " in");
        surroundings.out().println(file.path());
        if (upload) {
            StoredProxies stored = new StoredProxies(surroundings, connection);
            stored.tell(stored.upload(own, Optional.empty()));
        }
        return ExitCode.OK;
    }

    private static GroupName group(String name) {
        try {
            return new GroupName(name);
        } catch (DiracException wrong) {
            throw CommandFailure.usage("--group: " + wrong.detail());
        }
    }
}
