/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.cli.session.CredentialFile;
import org.diracee.cli.session.SessionTokens;
import org.diracee.client.ApiClient;
import org.diracee.client.Logins;
import org.diracee.kernel.proxy.ProxyCredential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to the server, and the client made of them. */
public final class Connection {

    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private final Surroundings surroundings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the installation (else: DIRACX_URL).",
            order = 90)
    private @Nullable String url;

    @Option(
            names = "--ca",
            paramLabel = "PATH",
            description = "PEM file, or directory of them, of the authorities to trust (else: DIRACX_CA_PATH, else the"
                    + " system's).",
            order = 91)
    private @Nullable String ca;

    @Option(names = "--json", description = "Print the result as JSON.", order = 92)
    private boolean json;

    @Option(names = "--verbose", description = "Show the cause of an error in full.", order = 93)
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.",
            order = 94)
    boolean help;

    public Connection(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public boolean json() {
        return json;
    }

    public boolean verbose() {
        return verbose;
    }

    /** Makes a client without a session. */
    public ApiClient anonymous() {
        return without(builder -> builder);
    }

    /** Makes a client without a session that shows this certificate or proxy. */
    public ApiClient showing(ProxyCredential credential) {
        return without(builder ->
                builder.certificate(credential.key(), credential.chain().x509()));
    }

    private interface Addition {
        ApiClient.Builder to(ApiClient.Builder builder) throws IOException;
    }

    private ApiClient without(Addition addition) {
        String address = Optional.ofNullable(url)
                .or(() -> surroundings.variable("DIRACX_URL"))
                .orElseThrow(() -> CommandFailure.usage("Which installation? Set DIRACX_URL or give --url, for instance"
                        + " --url https://dirac.example.org"));
        try {
            ApiClient.Builder builder = ApiClient.builder(secure(URI.create(address.strip())));
            Optional<String> trusted = Optional.ofNullable(ca).or(() -> surroundings.variable("DIRACX_CA_PATH"));
            if (trusted.isPresent()) {
                builder.caFile(surroundings.path(trusted.get()));
            }
            return addition.to(builder).build();
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("The address of the installation is wrong: " + wrong.getMessage());
        } catch (IOException unreadable) {
            throw CommandFailure.usage("The authorities to trust cannot be read: " + Failures.describe(unreadable));
        }
    }

    /** Passwords and tokens would go over the network for everybody to read. */
    private static URI secure(URI address) {
        if ("http".equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && !THIS_MACHINE.matcher(address.getHost()).matches()) {
            throw new IllegalArgumentException("'" + address + "': allowed is https, and http for this machine alone");
        }
        return address;
    }

    /** Makes a client that acts in the stored session. */
    public ApiClient client() {
        ApiClient anonymous = anonymous();
        CredentialFile file = credentials();
        if (file.isOpenToOthers()) {
            surroundings.say("Warning: others may read or change " + file.path()
                    + ", and so act as you. Forbid it with chmod 600, and log in anew.");
        }
        return anonymous.withTokens(tokens(anonymous));
    }

    public CredentialFile credentials() {
        Path file = surroundings
                .variable("DIRACX_CREDENTIALS_PATH")
                .map(surroundings::path)
                .orElseGet(() -> surroundings
                        .path(surroundings.variable("HOME").orElse(System.getProperty("user.home")))
                        .resolve(".cache/diracx/credentials.json"));
        return new CredentialFile(file);
    }

    /** Returns the name of the user who is logged in. */
    public String username() {
        return tokens(anonymous()).username();
    }

    private SessionTokens tokens(ApiClient anonymous) {
        return new SessionTokens(credentials(), new Logins(anonymous)::refresh, surroundings.clock());
    }
}
