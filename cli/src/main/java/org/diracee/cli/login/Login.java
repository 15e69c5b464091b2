/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.proxy.OwnCertificate;
import org.diracee.cli.proxy.ProxyFile;
import org.diracee.cli.session.CredentialFile;
import org.diracee.cli.session.Credentials;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.Logins;
import org.diracee.client.TokenSource;
import org.diracee.client.wire.DeviceAuthorization;
import org.diracee.client.wire.ServerMetadata;
import org.diracee.client.wire.TokenResponse;
import org.diracee.client.wire.UserInfo;
import org.diracee.kernel.proxy.ProxyCredential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a session: shows the address where the log-in is approved and waits for that. */
@Command(
        name = "login",
        description = "Log in to a virtual organisation (VO).",
        footer = {
            "",
            "You approve the log-in in a browser, on any machine. With --username and --password-file, for local accounts"
                    + " in scripts, the approval is given right away. With --cert or --proxy your certificate takes its"
                    + " place; the session ends when that does."
        })
public final class Login implements Callable<Integer> {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(2);

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "VO", description = "The virtual organisation.")
    private String vo = "";

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "Act in this group instead of the VO's default one.")
    private @Nullable String group;

    @Option(
            names = "--property",
            paramLabel = "PROPERTY",
            description = "Ask for a property beside those of the group; repeatable.")
    private List<String> properties = List.of();

    @Option(names = "--username", paramLabel = "NAME", description = "Approve as this local account.")
    private @Nullable String username;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the account's password, or that of the key; - for the standard"
                    + " input.")
    private @Nullable String passwordFile;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Log in with this certificate: PEM, or PKCS #12 with its key.")
    private @Nullable String certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The certificate's private key in PEM (else: the same file). You are asked for its password.")
    private @Nullable String key;

    @Option(
            names = "--proxy",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE",
            description = "Log in with this proxy (without FILE: X509_USER_PROXY, else /tmp/x509up_u<uid>).")
    private @Nullable String proxy;

    public Login(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireOneWay();
        if (certificate != null || proxy != null) {
            return byCertificate();
        }
        ApiClient client = connection.anonymous();
        Logins logins = new Logins(client);
        check(logins.metadata());
        DeviceAuthorization device = logins.begin(Logins.scope(vo, Optional.ofNullable(group), properties));
        Instant asked = surroundings.clock().instant();
        if (username != null && passwordFile != null) {
            approve(logins, device, username, password(passwordFile));
        } else {
            surroundings.say("To log in, open this address in a browser:\n\n  " + device.verificationUriComplete()
                    + "\n\nThe page shows the code " + device.userCode() + ". Waiting for your approval ...");
        }
        return keep(client, await(logins, device, asked));
    }

    private void requireOneWay() {
        if (certificate != null && proxy != null) {
            throw CommandFailure.usage("--cert and --proxy are two ways to log in: give one.");
        }
        if (key != null && certificate == null) {
            throw CommandFailure.usage("--key goes with --cert.");
        }
        if (certificate != null || proxy != null) {
            if (username != null) {
                throw CommandFailure.usage("--username is another way to log in than --cert and --proxy: give one.");
            }
        } else if ((username == null) != (passwordFile == null)) {
            throw CommandFailure.usage("--username and --password-file are given together or not at all.");
        }
    }

    private Integer byCertificate() throws IOException {
        ProxyCredential credential = certificate != null
                ? OwnCertificate.of(surroundings, certificate, key, passwordFile)
                        .read()
                : ProxyFile.of(surroundings, proxy == null || proxy.isEmpty() ? null : proxy)
                        .credential(surroundings.clock().instant());
        ApiClient client = connection.showing(credential);
        Logins logins = new Logins(client);
        check(logins.metadata());
        try {
            return keep(client, logins.byCertificate(Logins.scope(vo, Optional.ofNullable(group), properties)));
        } catch (ApiError error) {
            throw CommandFailure.refused("The log-in as " + credential.chain().dn() + " is refused: " + error.detail());
        }
    }

    private Integer keep(ApiClient client, TokenResponse tokens) throws IOException {
        CredentialFile file = connection.credentials();
        file.exclusively(() -> {
            file.write(Credentials.of(tokens, surroundings.clock().instant()));
            return file;
        });
        UserInfo user = new Logins(client.withTokens(TokenSource.fixed(tokens.accessToken()))).userInfo();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), user);
        } else {
            surroundings.say(
                    "Logged in as " + user.preferredUsername() + ", VO " + user.vo() + ", group " + user.group() + ".");
        }
        return ExitCode.OK;
    }

    private void check(ServerMetadata metadata) {
        Map<String, ServerMetadata.VirtualOrganization> vos = metadata.virtualOrganizations();
        ServerMetadata.VirtualOrganization known = vos.get(vo);
        if (known == null) {
            throw CommandFailure.usage("There is no VO '" + vo + "' at this installation; there is: "
                    + String.join(", ", new TreeSet<>(vos.keySet())));
        }
        if (group != null && !known.groups().containsKey(group)) {
            throw CommandFailure.usage("There is no group '" + group + "' in the VO " + vo + "; there is: "
                    + String.join(", ", new TreeSet<>(known.groups().keySet())));
        }
    }

    private void approve(Logins logins, DeviceAuthorization device, String account, String password) {
        try {
            logins.approve(device, account, password);
        } catch (ApiError error) {
            throw CommandFailure.refused("The log-in as " + account + " is refused: " + error.detail());
        }
    }

    private String password(String file) throws IOException {
        String content = file.equals("-")
                ? new String(surroundings.readInput(), UTF_8)
                : Files.readString(surroundings.path(file));
        return content.lines()
                .findFirst()
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> CommandFailure.usage("There is no password in the first line of " + file + "."));
    }

    private TokenResponse await(Logins logins, DeviceAuthorization device, Instant asked) throws InterruptedException {
        Duration interval = Optional.ofNullable(device.interval())
                .map(Duration::ofSeconds)
                .filter(asDeclared -> !asDeclared.isZero())
                .orElse(DEFAULT_INTERVAL);
        Instant end = asked.plusSeconds(device.expiresIn());
        while (true) {
            Optional<TokenResponse> tokens = logins.poll(device.deviceCode());
            if (tokens.isPresent()) {
                return tokens.get();
            }
            if (!surroundings.clock().instant().plus(interval).isBefore(end)) {
                throw CommandFailure.notLoggedIn("Nobody approved the log-in within "
                        + Duration.ofSeconds(device.expiresIn()).toMinutes() + " minutes.");
            }
            surroundings.pause().of(interval);
        }
    }
}
