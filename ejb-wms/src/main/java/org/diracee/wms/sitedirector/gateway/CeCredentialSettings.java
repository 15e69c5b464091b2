/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.sitedirector.gateway.PilotSettings.needed;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.of;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.option;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.CredentialFiles;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options that say what a computing element knows us by. None holds a secret: files and credentials are named. */
@ApplicationScoped
public class CeCredentialSettings implements DeclaredOptions {

    private static final String WHERE = "credential:<alias>, or the path of a file on the server";

    private static final DeclaredOption<String> TOKEN_FILE = option(
            "TokenFile",
            OptionType.text(),
            "A bearer token that another program renews: " + WHERE + "; read at each use (CETypes that take tokens).");
    private static final DeclaredOption<URI> TOKEN_ENDPOINT = option(
            "TokenEndpoint",
            OptionType.url(),
            "The token endpoint of an issuer that gives us tokens as its client (CETypes that take tokens).");
    private static final DeclaredOption<String> TOKEN_CLIENT =
            option("TokenClientID", OptionType.text(), "Our name at TokenEndpoint.");
    private static final DeclaredOption<String> TOKEN_SECRET =
            option("TokenClientSecret", OptionType.text(), "Our secret at TokenEndpoint, as credential:<alias>.");
    private static final DeclaredOption<String> TOKEN_SCOPE = option(
            "TokenScope",
            OptionType.text(),
            "What TokenEndpoint is asked for; by default compute.cancel compute.create compute.modify compute.read.");
    private static final DeclaredOption<String> TOKEN_AUDIENCE = option(
            "TokenAudience",
            OptionType.text(),
            "Whom tokens are for (CETypes that take tokens); by default the address of the computing element.");
    private static final DeclaredOption<String> PROXY_FILE = option(
            "ProxyFile",
            OptionType.text(),
            "A proxy, or a certificate with its key, in PEM: " + WHERE
                    + "; read at each use (CETypes that take proxies).");
    private static final DeclaredOption<UserName> GENERIC_USER = DeclaredOption.of(
            "Operations/{vo}/Pilot/GenericPilotUser",
            OptionType.user(),
            "The user whose stored proxy pilots are sent with, where a computing element takes no tokens.",
            "WMS reference 11.3");
    private static final DeclaredOption<GroupName> GENERIC_GROUP = DeclaredOption.of(
            "Operations/{vo}/Pilot/GenericPilotGroup",
            OptionType.group(),
            "The group that this proxy is for.",
            "WMS reference 11.3");

    private Deployment deployment;
    private ServerCredentials credentials;
    private ConfigurationService configuration;

    protected CeCredentialSettings() {} // for the container's proxy

    @Inject
    public CeCredentialSettings(
            Deployment deployment, ServerCredentials credentials, ConfigurationService configuration) {
        this.deployment = deployment;
        this.credentials = credentials;
        this.configuration = configuration;
    }

    Optional<Path> tokenFile(CeQueue queue) {
        return of(queue, TOKEN_FILE).map(given -> file(deployment, queue, TOKEN_FILE, given));
    }

    Optional<Path> proxyFile(CeQueue queue) {
        return of(queue, PROXY_FILE).map(given -> file(deployment, queue, PROXY_FILE, given));
    }

    /** @throws ComputingElementFailure if our secret would go there readable */
    Optional<URI> tokenEndpoint(CeQueue queue) {
        Optional<URI> endpoint = of(queue, TOKEN_ENDPOINT);
        endpoint.filter(url -> !"https".equals(url.getScheme())).ifPresent(url -> {
            throw new ComputingElementFailure(
                    "TokenEndpoint of " + queue.computingElement() + " is " + url + ", but must be one of https");
        });
        return endpoint;
    }

    String tokenClient(CeQueue queue) {
        return needed(queue, TOKEN_CLIENT);
    }

    /** @throws ComputingElementFailure if it is not among the server's credentials */
    String tokenSecret(CeQueue queue) {
        return ServerCredentials.alias(needed(queue, TOKEN_SECRET))
                .flatMap(credentials::secret)
                .orElseThrow(() -> new ComputingElementFailure("TokenClientSecret of " + queue.computingElement()
                        + " is not credential:<alias> of a secret that the server has"));
    }

    Optional<String> tokenScope(CeQueue queue) {
        return of(queue, TOKEN_SCOPE);
    }

    Optional<String> tokenAudience(CeQueue queue) {
        return of(queue, TOKEN_AUDIENCE);
    }

    /** Whether the computing element is said to take the VO's tokens. @see "WMS reference 11.3" */
    static boolean takesTokens(CeQueue queue, VoName vo) {
        return queue.tags().contains("Token") || queue.tags().contains("Token:" + vo);
    }

    /** @throws ComputingElementFailure if none is named */
    UserName genericUser(VoName vo) {
        return generic(GENERIC_USER, vo);
    }

    /** @throws ComputingElementFailure if none is named */
    GroupName genericGroup(VoName vo) {
        return generic(GENERIC_GROUP, vo);
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                TOKEN_FILE,
                TOKEN_ENDPOINT,
                TOKEN_CLIENT,
                TOKEN_SECRET,
                TOKEN_SCOPE,
                TOKEN_AUDIENCE,
                PROXY_FILE,
                GENERIC_USER,
                GENERIC_GROUP);
    }

    private <T> T generic(DeclaredOption<T> option, VoName vo) {
        return option.find(configuration.current(), vo)
                .orElseThrow(() -> new ComputingElementFailure("There is nothing to send pilots of " + vo
                        + " with: neither is the computing element tagged Token, nor is TokenFile or ProxyFile given, nor "
                        + option.path().pattern().replace("{vo}", vo.text())));
    }

    /** The file that is named as {@code credential:<alias>} or by its path. */
    static Path file(Deployment deployment, CeQueue queue, DeclaredOption<String> option, String given) {
        try {
            return CredentialFiles.path(deployment, given);
        } catch (IOException unusable) {
            throw new ComputingElementFailure(
                    option.path().name() + " of " + queue.computingElement() + " " + unusable.getMessage(), unusable);
        }
    }
}
