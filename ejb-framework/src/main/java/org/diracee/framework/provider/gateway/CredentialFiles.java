/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.gateway;

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
import org.diracee.framework.provider.control.ClientSecrets;

/** Secrets as systemd and Kubernetes hand them to a service: one file for each, named by its alias. Read at each use. */
@ApplicationScoped
public class CredentialFiles implements ClientSecrets {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LONGEST = 4096;

    private Deployment deployment;

    protected CredentialFiles() {} // for the container's proxy

    @Inject
    public CredentialFiles(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
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
