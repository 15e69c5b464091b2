/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.outbound.boundary.AllowedTargets;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Options of endpoints that are spoken to over HTTP; each may stand at the storage element or in a section of it. None holds a secret:
 * files and credentials are named.
 */
@ApplicationScoped
public class HttpOptions implements DeclaredOptions {

    private static final String OURS = "DIRAC EE";
    private static final String REFERENCE = "DMS reference 4.1";
    private static final String SECTION = "Resources/StorageElements/{se}/[{protocol}/]";
    private static final Map<String, String> SCHEMES =
            Map.of("https", "https", "davs", "https", "http", "http", "dav", "http");
    private static final Set<String> S3 = Set.of("s3", "s3s");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** The administrators' choice may be in a private network, or this machine for which TLS is not needed. */
    private static final AllowedTargets TARGETS = new AllowedTargets(true, true);

    private static final DeclaredOption<String> HOST =
            option("Host", OptionType.text(), "The name of the machine.", REFERENCE);
    private static final DeclaredOption<Integer> PORT =
            option("Port", OptionType.smallNumber(1), "Its port; by default that of the protocol.", REFERENCE);
    private static final DeclaredOption<String> PATH =
            option("Path", OptionType.text(), "The directory there that LFNs are appended to.", REFERENCE);
    private static final DeclaredOption<Path> CA_FILE = option(
            "CAFile",
            OptionType.filePath().as(Path::of),
            "Certificates on the server by which it is trusted, beside those of DIRAC_CA_DIR.",
            OURS);
    private static final DeclaredOption<String> PROXY_FILE = option(
            "ProxyFile",
            OptionType.text(),
            "A proxy, or a certificate with its key, in PEM, that is shown where tokens are not taken:"
                    + " credential:<alias>, or the path of a file on the server; read at each use.",
            OURS);
    private static final DeclaredOption<UserName> PROXY_USER = option(
            "ProxyUser",
            OptionType.user(),
            "The user of the VO whose stored proxy is shown where tokens are not taken and ProxyFile is not given.",
            OURS);
    private static final DeclaredOption<GroupName> PROXY_GROUP =
            option("ProxyGroup", OptionType.group(), "The group that this proxy is for.", OURS);
    private static final DeclaredOption<String> USERNAME =
            option("Username", OptionType.text(), "Our name where neither tokens nor certificates are taken.", OURS);
    private static final DeclaredOption<String> PASSWORD =
            option("Password", OptionType.text(), "The password for Username, as credential:<alias>.", OURS);
    private static final DeclaredOption<List<String>> REDIRECT_HOSTS = option(
            "RedirectHosts",
            OptionType.texts(),
            "The hosts, beside Host, that it may send us on to, each also getting our token; *.domain is every host of the domain.",
            OURS);
    private static final DeclaredOption<Duration> CONNECT_TIMEOUT = DeclaredOption.of(
            SECTION + "ConnectTimeout", OptionType.seconds(1), "10", "How long we wait for a connection.", OURS);
    private static final DeclaredOption<Duration> ANSWER_TIMEOUT = DeclaredOption.of(
            SECTION + "AnswerTimeout",
            OptionType.seconds(1),
            "60",
            "How long we wait for an answer to begin, after all that we send is sent.",
            OURS);
    private static final DeclaredOption<Duration> STALL_TIMEOUT = DeclaredOption.of(
            SECTION + "StallTimeout",
            OptionType.seconds(1),
            "60",
            "A transfer that moves no byte for as long is broken off.",
            OURS);
    private static final DeclaredOption<Boolean> SECURE_CONNECTION = DeclaredOption.of(
            SECTION + "SecureConnection",
            OptionType.yesNo(),
            "yes",
            "Whether an S3 store is spoken to by https; it must be, unless it is on this machine.",
            REFERENCE);
    private static final DeclaredOption<Boolean> EXPECT_CONTINUE = DeclaredOption.of(
            SECTION + "ExpectContinue",
            OptionType.yesNo(),
            "no",
            "Whether it is asked before bytes are sent: needed where it sends writers on to another machine, as dCache does.",
            OURS);
    private static final DeclaredOption<List<CopyDirection>> THIRD_PARTY_COPY = option(
            "ThirdPartyCopy",
            OptionType.listOf(OptionType.value("pull or push", CopyDirection::parse)),
            "How it copies files from and to others by itself: pull, push or both; by default both where it takes tokens, else not at all.",
            OURS);

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                HOST,
                PORT,
                CA_FILE,
                PROXY_FILE,
                PROXY_USER,
                PROXY_GROUP,
                USERNAME,
                PASSWORD,
                REDIRECT_HOSTS,
                CONNECT_TIMEOUT,
                ANSWER_TIMEOUT,
                STALL_TIMEOUT,
                SECURE_CONNECTION,
                EXPECT_CONTINUE,
                THIRD_PARTY_COPY);
    }

    /**
     * Scheme, host and port.
     *
     * @throws StorageFailure if they are not given, or are where nothing may be called
     */
    URI root(StorageEndpoint endpoint) {
        String scheme = S3.contains(endpoint.protocol())
                ? standard(endpoint, SECURE_CONNECTION) ? "https" : "http"
                : SCHEMES.get(endpoint.protocol());
        if (scheme == null) {
            throw wrong(
                    endpoint,
                    "Protocol is " + endpoint.protocol() + ", which this plugin does not speak: allowed are "
                            + String.join(
                                    ", ", SCHEMES.keySet().stream().sorted().toList()));
        }
        String host = of(endpoint, HOST).orElseThrow(() -> wrong(endpoint, "Host is not given"));
        int port = of(endpoint, PORT).orElse(scheme.equals("https") ? HTTPS : HTTP);
        URI root;
        try {
            root = URI.create(scheme + "://" + host + ":" + port);
        } catch (IllegalArgumentException malformed) {
            throw wrong(endpoint, "Host " + host + " is no host");
        }
        TARGETS.objection(root).ifPresent(objection -> {
            throw wrong(endpoint, "Host " + host + " may not be called: " + objection);
        });
        return root;
    }

    /** The directory of the VO. */
    String path(StorageEndpoint endpoint, VoName vo) {
        return endpoint.option("VOPath/" + vo).or(() -> of(endpoint, PATH)).orElse("/");
    }

    Optional<Path> certificates(StorageEndpoint endpoint) {
        return of(endpoint, CA_FILE);
    }

    Optional<String> proxyFile(StorageEndpoint endpoint) {
        return of(endpoint, PROXY_FILE);
    }

    Optional<UserName> proxyUser(StorageEndpoint endpoint) {
        return of(endpoint, PROXY_USER);
    }

    GroupName proxyGroup(StorageEndpoint endpoint) {
        return of(endpoint, PROXY_GROUP).orElseThrow(() -> wrong(endpoint, "ProxyUser is given, but not ProxyGroup"));
    }

    Optional<String> username(StorageEndpoint endpoint) {
        return of(endpoint, USERNAME);
    }

    Optional<String> password(StorageEndpoint endpoint) {
        return of(endpoint, PASSWORD);
    }

    List<String> redirectHosts(StorageEndpoint endpoint) {
        return of(endpoint, REDIRECT_HOSTS).orElse(List.of());
    }

    Duration connectTimeout(StorageEndpoint endpoint) {
        return standard(endpoint, CONNECT_TIMEOUT);
    }

    Duration answerTimeout(StorageEndpoint endpoint) {
        return standard(endpoint, ANSWER_TIMEOUT);
    }

    Duration stallTimeout(StorageEndpoint endpoint) {
        return standard(endpoint, STALL_TIMEOUT);
    }

    /** XRootD does not understand how Java's client writes that. */
    boolean asksBeforeSending(StorageEndpoint endpoint) {
        return standard(endpoint, EXPECT_CONTINUE);
    }

    /** Empty if it is not said. */
    Optional<List<CopyDirection>> copies(StorageEndpoint endpoint) {
        return of(endpoint, THIRD_PARTY_COPY);
    }

    static StorageFailure wrong(StorageEndpoint endpoint, String what) {
        return new StorageFailure(
                StorageFailure.Reason.BROKEN,
                "The section " + endpoint.section() + " of the storage element " + endpoint.se() + " is of no use: "
                        + what);
    }

    private static <T> T standard(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return of(endpoint, option).or(option::standardValue).orElseThrow();
    }

    private static <T> Optional<T> of(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return option.findAmong(
                endpoint.options(), "Resources/StorageElements/" + endpoint.se() + "/" + endpoint.section());
    }

    private static <T> DeclaredOption<T> option(String name, OptionType<T> type, String meaning, String source) {
        return DeclaredOption.of(SECTION + name, type, meaning, source);
    }
}
