/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.sitedirector.gateway.PilotSettings.needed;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.of;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.option;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.path;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options of an OpenStack cloud beside those of its pilots. None holds a secret: a credential is named, not given. */
@ApplicationScoped
public class CloudSettings implements DeclaredOptions {

    private static final String SOURCE = "WMS reference 16";

    private static final DeclaredOption<URI> AUTH_URL = option(
            "CloudAuthURL", OptionType.url(), "The cloud's Keystone, as https://host:5000/v3 (CEType Cloud); needed.");
    private static final DeclaredOption<String> AUTH = DeclaredOption.of(
            path("CloudAuth"),
            OptionType.text(),
            "The application credential, its id and its secret with a blank between, as credential:<alias>; {vo} in the alias is the VO (CEType Cloud); needed.",
            SOURCE);
    private static final DeclaredOption<String> REGION =
            option("CloudRegion", OptionType.text(), "The region (CEType Cloud); by default the only one.");
    private static final DeclaredOption<String> IMAGE = DeclaredOption.of(
            path("Instance_Image"),
            OptionType.text(),
            "The name or id of the image, which must have cloud-init (CEType Cloud); needed.",
            SOURCE);
    private static final DeclaredOption<String> FLAVOR = DeclaredOption.of(
            path("Instance_Flavor"), OptionType.text(), "The name or id of the flavor (CEType Cloud); needed.", SOURCE);
    private static final DeclaredOption<List<String>> NETWORKS = DeclaredOption.of(
            path("Instance_Networks"),
            OptionType.texts(),
            "",
            "The ids of the networks (CEType Cloud); by default the project's only one.",
            SOURCE);
    private static final DeclaredOption<String> SSH_KEY = DeclaredOption.of(
            path("Instance_SSHKey"),
            OptionType.text(),
            "The name of a key pair by which its owner can log in at instances (CEType Cloud).",
            SOURCE);
    private static final DeclaredOption<List<String>> PACKAGES = DeclaredOption.of(
            path("Context_ExtPackages"),
            OptionType.texts(),
            "",
            "Packages to install before the pilot starts (CEType Cloud).",
            SOURCE);
    private static final DeclaredOption<Duration> MAX_LIFETIME = DeclaredOption.of(
            path("Context_MaxLifetime"),
            OptionType.seconds(60),
            "1209600",
            "An instance is deleted when it is as old (CEType Cloud).",
            SOURCE);

    private ServerCredentials credentials;
    private Deployment deployment;

    protected CloudSettings() {} // for the container's proxy

    @Inject
    public CloudSettings(ServerCredentials credentials, Deployment deployment) {
        this.credentials = credentials;
        this.deployment = deployment;
    }

    /** By which our instances are told from those of others in the project, be they of another installation like this one. */
    String mark(CeQueue queue) {
        return deployment.publicUrl() + " " + queue.slot();
    }

    /**
     * Where Keystone is, without a slash at the end.
     *
     * @throws ComputingElementFailure if the secret would go there readable
     */
    String authUrl(CeQueue queue) {
        URI url = needed(queue, AUTH_URL);
        checkProtected(queue, "CloudAuthURL", url);
        String text = url.toString().replaceAll("/+$", "");
        return text.endsWith("/v3") ? text : text + "/v3";
    }

    /** @throws ComputingElementFailure unless the address is one of https, or of this machine */
    static void checkProtected(CeQueue queue, String what, URI url) {
        boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(url.getHost()));
        if (!"https".equals(url.getScheme()) && !(here && "http".equals(url.getScheme()))) {
            throw new ComputingElementFailure(
                    what + " of " + queue.computingElement() + " is " + url + ", but must be one of https");
        }
    }

    /** The name of the credential, by which it is told apart. */
    String alias(CeQueue queue, VoName vo) {
        return ServerCredentials.alias(needed(queue, AUTH))
                .map(alias -> alias.replace("{vo}", vo.text()))
                .orElseThrow(() -> new ComputingElementFailure(
                        "CloudAuth of " + queue.computingElement() + " is not credential:<alias>"));
    }

    /** Id and secret. */
    record ApplicationCredential(String id, String secret) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "application credential " + id;
        }
    }

    /** @throws ComputingElementFailure if there is none of this alias */
    ApplicationCredential credential(CeQueue queue, String alias) {
        String[] words =
                credentials.secret(alias).map(text -> text.split("\\s+", -1)).orElse(new String[0]);
        if (words.length != 2) {
            throw new ComputingElementFailure("CloudAuth of " + queue.computingElement() + " names credential:" + alias
                    + ", which is not there or is not an id and a secret with a blank between");
        }
        return new ApplicationCredential(words[0], words[1]);
    }

    Optional<String> region(CeQueue queue) {
        return of(queue, REGION);
    }

    String image(CeQueue queue) {
        return needed(queue, IMAGE);
    }

    String flavor(CeQueue queue) {
        return needed(queue, FLAVOR);
    }

    List<String> networks(CeQueue queue) {
        return of(queue, NETWORKS).orElse(List.of());
    }

    Optional<String> sshKey(CeQueue queue) {
        return of(queue, SSH_KEY);
    }

    List<String> packages(CeQueue queue) {
        return of(queue, PACKAGES).orElse(List.of());
    }

    Duration maxLifetime(CeQueue queue) {
        return of(queue, MAX_LIFETIME).or(MAX_LIFETIME::standardValue).orElseThrow();
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(AUTH_URL, AUTH, REGION, IMAGE, FLAVOR, NETWORKS, SSH_KEY, PACKAGES, MAX_LIFETIME);
    }
}
