/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.outbound.boundary.AllowedTargets;
import org.diracee.framework.s3.boundary.S3Bucket;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.OptionType;

/** Options of the S3 store of sandboxes, under {@code Systems/WorkloadManagement/Services/SandboxStore/S3}. */
@ApplicationScoped
public class S3Settings implements DeclaredOptions, ConfigurationCheck {

    private static final String SECTION = "Systems/WorkloadManagement/Services/SandboxStore/S3/";
    private static final String OURS = "DIRAC EE";
    private static final AllowedTargets TARGETS = new AllowedTargets(true, true);
    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9._=+-]{1,128}");

    private static final DeclaredOption<URI> ENDPOINT = DeclaredOption.of(
            SECTION + "Endpoint",
            OptionType.url(),
            "Address of the S3 service, as clients and this server reach it: https, without a path; http only on this machine.",
            OURS);
    private static final DeclaredOption<String> REGION = DeclaredOption.of(
            SECTION + "Region",
            matching(REGION_NAME, "the name of a region, letters, digits and hyphens"),
            "us-east-1",
            "Region that requests are signed for.",
            OURS);
    private static final DeclaredOption<String> BUCKET = DeclaredOption.of(
            SECTION + "Bucket",
            matching(BUCKET_NAME, "the name of a bucket, 3 to 63 lower-case letters, digits, hyphens and dots"),
            "Bucket of the archives; nothing else should lie in it.",
            OURS);
    private static final DeclaredOption<Boolean> PATH_STYLE = DeclaredOption.of(
            SECTION + "PathStyle",
            OptionType.yesNo(),
            "yes",
            "Whether the bucket stands in the path of addresses, as most stores want it; else before the host.",
            OURS);
    private static final DeclaredOption<String> KEY = DeclaredOption.of(
            SECTION + "AccessKeyName",
            matching(KEY_NAME, "the name of an access key"),
            "Name of the access key, its public half.",
            OURS);
    private static final DeclaredOption<String> SECRET = DeclaredOption.of(
            SECTION + "SecretKey",
            OptionType.text(),
            "Where the secret of the access key lies, as credential:<alias>.",
            OURS);
    private static final DeclaredOption<Boolean> AUTO_CREATE = DeclaredOption.of(
            SECTION + "AutoCreateBucket",
            OptionType.yesNo(),
            "no",
            "Whether a bucket that is not there is made.",
            OURS);

    private ConfigurationService configuration;

    protected S3Settings() {} // for the container's proxy

    @Inject
    public S3Settings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** @throws InvalidOption if what is said of the store cannot be used */
    public S3Bucket bucket() {
        return bucket(configuration.current());
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(ENDPOINT, REGION, BUCKET, PATH_STYLE, KEY, SECRET, AUTO_CREATE);
    }

    @Override
    public List<Finding> check(Configuration candidate) {
        try {
            if (SandboxSettings.isS3(candidate)) {
                bucket(candidate);
            }
            return List.of();
        } catch (InvalidOption wrong) {
            return List.of(Finding.error(wrong.path(), wrong.value(), wrong.detail() + "."));
        }
    }

    private static S3Bucket bucket(Configuration snapshot) {
        URI endpoint = ENDPOINT.read(snapshot);
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!TARGETS.allows(endpoint)
                || !List.of("", "/").contains(endpoint.getRawPath())
                || endpoint.getRawQuery() != null) {
            throw new InvalidOption(
                    ENDPOINT.path().pattern(),
                    endpoint.toString(),
                    "an https URL without user, path and query; http only for this machine");
        }
        boolean ownPort = endpoint.getPort() == (scheme.equals("https") ? 443 : 80) || endpoint.getPort() < 0;
        return new S3Bucket(
                URI.create(scheme + "://" + endpoint.getHost().toLowerCase(Locale.ROOT)
                        + (ownPort ? "" : ":" + endpoint.getPort())),
                REGION.read(snapshot),
                BUCKET.read(snapshot),
                PATH_STYLE.read(snapshot),
                KEY.read(snapshot),
                // its text is not repeated, which may be the secret itself
                ServerCredentials.alias(SECRET.read(snapshot))
                        .orElseThrow(
                                () -> new InvalidOption(SECRET.path().pattern(), "(not shown)", "credential:<alias>")),
                AUTO_CREATE.read(snapshot));
    }

    private static OptionType<String> matching(Pattern form, String allowed) {
        return OptionType.value(allowed, text -> {
            if (!form.matcher(text).matches()) {
                throw new InvalidOption("", text, allowed);
            }
            return text;
        });
    }
}
