/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Administration;
import org.diracee.client.ApiError;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.RegisterClient;
import org.diracee.kernel.value.Sha256;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a program with an identity of its own. The server learns a hash of its secret, or its public keys, never the secret. */
@Command(
        name = "add",
        description =
                "Register a client in your VO; unless --approve is given it has to be let in before it gets anything.",
        footer = {
            "",
            "Without --keys a secret is made. It is shown this once: in --secret-file, or on the standard output."
        })
public final class AddClient implements Callable<Integer> {

    private static final int SECRET_BYTES = 32;
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "What the client calls itself.")
    private String id = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The user that it acts as by itself, made for it.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "In this group; the VO's default unless given.")
    private Optional<String> group = Optional.empty();

    @Option(
            names = "--grant",
            paramLabel = "GRANT",
            description =
                    "client_credentials, token-exchange or refresh_token; repeatable. client_credentials unless given.")
    private List<String> grants = List.of();

    @Option(names = "--act-for-users", description = "It may act for users of the VO whose tokens it exchanges.")
    private boolean actForUsers;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "What its tokens for others may allow; repeatable.")
    private List<String> scopes = List.of();

    @Option(names = "--audience", paramLabel = "URL", description = "Whom those tokens may be for; repeatable.")
    private List<String> audiences = List.of();

    @Option(
            names = "--refresh-lifetime",
            paramLabel = "SECONDS",
            description = "How long a session that it began goes on without being used.")
    private Optional<Long> refreshLifetime = Optional.empty();

    @Option(
            names = "--session-lifetime",
            paramLabel = "SECONDS",
            description = "How long such a session goes on at all.")
    private Optional<Long> sessionLifetime = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "A JSON Web Key Set of the public keys that sign its assertions; then there is no secret.")
    private @Nullable String keys;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "A new file for the secret, for you alone.")
    private @Nullable String secretFile;

    @Option(names = "--approve", description = "Let it in at once.")
    private boolean approve;

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    public AddClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        if (keys != null && secretFile != null) {
            throw CommandFailure.usage("Either --keys or --secret-file: with keys of its own a client has no secret.");
        }
        Optional<String> publicKeys = keys == null ? Optional.empty() : Optional.of(publicKeys(keys));
        Optional<String> secret = keys == null ? Optional.of(secret()) : Optional.empty();
        RegisterClient order = new RegisterClient(
                id,
                Optional.of(approve),
                user,
                group,
                grants,
                secret.map(Sha256::hex),
                publicKeys,
                Optional.of(actForUsers),
                scopes,
                audiences,
                refreshLifetime,
                sessionLifetime,
                message);
        Administration administration = new Administration(connection.client());
        if (secretFile == null || secret.isEmpty()) {
            tell(administration.add(order), secret);
            return ExitCode.OK;
        }
        // first of all: a secret that cannot be kept must not be the client's
        Path file = keep(surroundings.path(secretFile), secret.get());
        try {
            tell(administration.add(order), Optional.empty());
        } catch (ApiError refused) {
            Files.delete(file);
            throw refused;
        }
        return ExitCode.OK;
    }

    private void tell(CommittedConfiguration done, Optional<String> shown) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), new AddedClient(id, shown, done));
            return;
        }
        RegistryChange.told(surroundings, connection, done);
        shown.ifPresent(secret -> {
            surroundings.say("This is its secret; it is nowhere else and cannot be shown again:");
            surroundings.out().println(secret);
        });
        if (!approve) {
            surroundings.say("It gets nothing until: dirac-ee admin client approve " + id);
        }
    }

    private static String secret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Path keep(Path file, String secret) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            throw CommandFailure.usage("There is a file " + file + " already: secrets are written to new files only.");
        }
        return Files.write(file, secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** In one line; what is private must not leave this machine. */
    private String publicKeys(String name) throws IOException {
        JsonNode set;
        try {
            set = new ObjectMapper().readTree(Files.readString(surroundings.path(name)));
        } catch (JsonProcessingException broken) {
            throw CommandFailure.usage(name + " is no JSON Web Key Set: {\"keys\": [...]} is expected.");
        }
        if (!set.path("keys").isArray() || set.path("keys").isEmpty()) {
            throw CommandFailure.usage(name + " is no JSON Web Key Set: {\"keys\": [...]} is expected.");
        }
        for (JsonNode key : set.path("keys")) {
            if (PRIVATE.stream().anyMatch(key::has)) {
                throw CommandFailure.usage(name
                        + " holds a private or symmetric key, which must stay with the client: give the public ones.");
            }
        }
        return set.toString();
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record AddedClient(
            @JsonProperty("client_id") String clientId,
            @JsonProperty("client_secret") Optional<String> clientSecret,
            CommittedConfiguration change) {}
}
