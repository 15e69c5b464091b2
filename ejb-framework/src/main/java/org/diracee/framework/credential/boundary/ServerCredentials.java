/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.credential.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.OpenAccess;

/** Secrets as systemd and Kubernetes hand them to a service: one file for each, named by its alias. Read at each use. */
@ApplicationScoped
public class ServerCredentials {

    private static final String REFERENCE = "credential:";
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LONGEST = 4096;

    private Deployment deployment;

    protected ServerCredentials() {} // for the container's proxy

    @Inject
    public ServerCredentials(Deployment deployment) {
        this.deployment = deployment;
    }

    /** The alias that an option names as {@code credential:<alias>}; empty for any other text, which may be the secret itself. */
    @OpenAccess("reads a text of the configuration")
    public static Optional<String> alias(String option) {
        return Optional.of(option)
                .filter(text -> text.startsWith(REFERENCE))
                .map(text -> text.substring(REFERENCE.length()));
    }

    /** The secret of this alias, if there is one. */
    @OpenAccess("called by features that use the secret and never show it")
    public Optional<String> secret(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            return Optional.empty();
        }
        Optional<Path> file = deployment.credentials().map(directory -> directory.resolve(alias));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file.get())) {
            return Optional.of(new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8).strip())
                    .filter(secret -> !secret.isEmpty());
        } catch (IOException unreadable) {
            return Optional.empty(); // told with its alias where it is needed
        }
    }
}
