/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.kernel.proxy.ProxyCredential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Entrusts a proxy to the server. */
@Command(
        name = "upload",
        description =
                "Entrust a proxy of your certificate to the server, which makes the key: no private key leaves this"
                        + " machine.")
public final class UploadProxy implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Mixin
    private final OwnCertificate certificate;

    @Option(
            names = "--proxy",
            paramLabel = "FILE",
            description =
                    "Sign with this proxy instead of your certificate; it must have no group and no VOMS attributes.")
    private @Nullable String proxy;

    @Option(
            names = "--valid",
            paramLabel = "HOURS",
            description = "How long it is to be good; as long as your certificate unless given.")
    private @Nullable Integer hours;

    public UploadProxy(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
        this.certificate = new OwnCertificate(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        Optional<Duration> life = Optional.ofNullable(hours).map(given -> Lifetimes.hours("--valid", given));
        ProxyCredential signer = proxy == null
                ? certificate.read()
                : ProxyFile.of(surroundings, proxy)
                        .credential(surroundings.clock().instant());
        StoredProxies stored = new StoredProxies(surroundings, connection);
        stored.tell(stored.upload(signer, life));
        return ExitCode.OK;
    }
}
