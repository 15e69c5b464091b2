/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.eclipse.microprofile.config.ConfigProvider;

/** Facts of this deployment that are known before there is a configuration; from MicroProfile Config. */
@ApplicationScoped
public class Deployment {

    private static final String SERVER_ITSELF = "read by the server itself";
    private static final String DEFAULT_PUBLIC_URL = "https://localhost:8443";

    /** The URL under which clients reach the installation, without a slash at its end: {@code DIRAC_PUBLIC_URL}. */
    @OpenAccess(SERVER_ITSELF)
    public String publicUrl() {
        return text("dirac.public.url")
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElse(DEFAULT_PUBLIC_URL);
    }

    /** The {@code .cfg} file that an empty database starts from: {@code DIRAC_CONFIGURATION_SEED}. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> configurationSeed() {
        return text("dirac.configuration.seed").map(Path::of);
    }

    /** Whether people may log in with a password kept here: {@code DIRAC_LOCAL_ACCOUNTS}. */
    @OpenAccess(SERVER_ITSELF)
    public boolean localAccounts() {
        return text("dirac.local.accounts").map(Boolean::parseBoolean).orElse(false);
    }

    /** The file of local accounts to create when the server starts: {@code DIRAC_ACCOUNTS_SEED}. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> accountsSeed() {
        return text("dirac.accounts.seed").map(Path::of);
    }

    /** Where people report holes in our security: {@code DIRAC_SECURITY_CONTACT}, by default the installation's URL. */
    @OpenAccess(SERVER_ITSELF)
    public String securityContact() {
        return text("dirac.security.contact").orElseGet(this::publicUrl);
    }

    /** The directory of the image that pilots of this machine are started from: {@code DIRAC_PILOT_IMAGE}. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> pilotImage() {
        return text("dirac.pilot.image").map(Path::of);
    }

    /** PEM certificates by which this installation's own programs trust its address: {@code DIRAC_CA_FILE}. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> caFile() {
        return text("dirac.ca.file").map(Path::of);
    }

    /** The directory of secrets that the configuration names as {@code credential:<alias>}: {@code DIRAC_CREDENTIALS_DIR}. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> credentials() {
        return text("dirac.credentials.dir").map(Path::of);
    }

    /** The CAs whose certificates count, in the layout of IGTF and OpenSSL: {@code DIRAC_CA_DIR}; none: no certificates. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> certificateAuthorities() {
        return text("dirac.ca.dir").map(Path::of);
    }

    /** The VOMS servers whose attributes count, as {@code <vo>/<host>.lsc}: {@code DIRAC_VOMS_DIR}; none: no attributes. */
    @OpenAccess(SERVER_ITSELF)
    public Optional<Path> vomsServers() {
        return text("dirac.voms.dir").map(Path::of);
    }

    /** The name of this node, unique in its cluster. */
    @OpenAccess(SERVER_ITSELF)
    public String node() {
        return text("jboss.node.name").orElse("node");
    }

    private static Optional<String> text(String property) {
        return ConfigProvider.getConfig()
                .getOptionalValue(property, String.class)
                .filter(value -> !value.isBlank());
    }
}
