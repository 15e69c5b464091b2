/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.s3.boundary.S3Bucket;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/** Options of endpoints that are buckets of S3 stores, beside those of HTTP. The bucket is the first part of {@code Path}. */
@ApplicationScoped
public class S3Options implements DeclaredOptions {

    private static final String OURS = "DIRAC EE";
    private static final String REFERENCE = "DMS reference 4.1";
    private static final String SECTION = "Resources/StorageElements/{se}/[{protocol}/]";
    private static final long MEGABYTE = 1_000_000;

    private static final DeclaredOption<String> KEY = DeclaredOption.of(
            SECTION + "Aws_access_key_id", OptionType.text(), "Name of the access key, its public half.", REFERENCE);
    private static final DeclaredOption<String> SECRET = DeclaredOption.of(
            SECTION + "Aws_secret_access_key",
            OptionType.text(),
            "Where the secret of the access key lies, as credential:<alias>.",
            REFERENCE);
    private static final DeclaredOption<String> REGION = DeclaredOption.of(
            SECTION + "Region", OptionType.text(), "us-east-1", "Region that requests are signed for.", OURS);
    private static final DeclaredOption<Boolean> PATH_STYLE = DeclaredOption.of(
            SECTION + "PathStyle",
            OptionType.yesNo(),
            "yes",
            "Whether the bucket stands in the path of addresses, as most stores want it; else before the host.",
            OURS);
    private static final DeclaredOption<Long> PART_SIZE = DeclaredOption.of(
            SECTION + "PartSize",
            OptionType.wholeNumber(6, 5000).in("MB"),
            "1000",
            "Files that are larger are sent in parts of this size.",
            OURS);

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(KEY, SECRET, REGION, PATH_STYLE, PART_SIZE);
    }

    /** The bucket that the place is in, at this root. */
    S3Bucket bucket(StoragePlace place, URI root) {
        StorageEndpoint endpoint = place.endpoint();
        String path = place.path().replaceAll("^/+", "");
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw HttpOptions.wrong(endpoint, "Path does not begin with the name of a bucket, but with " + name);
        }
        return new S3Bucket(
                root,
                value(endpoint, REGION),
                name,
                value(endpoint, PATH_STYLE),
                of(endpoint, KEY).orElseThrow(() -> HttpOptions.wrong(endpoint, "Aws_access_key_id is not given")),
                of(endpoint, SECRET)
                        .flatMap(ServerCredentials::alias)
                        .orElseThrow(
                                () -> HttpOptions.wrong(endpoint, "Aws_secret_access_key is not credential:<alias>")),
                false);
    }

    /** The key of the place in its bucket; empty for the bucket itself. */
    static String key(StoragePlace place) {
        String path = place.path().replaceAll("^/+", "");
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }

    /** In bytes. */
    long partSize(StorageEndpoint endpoint) {
        return value(endpoint, PART_SIZE) * MEGABYTE;
    }

    private static <T> T value(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return of(endpoint, option).or(option::standardValue).orElseThrow();
    }

    private static <T> Optional<T> of(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return option.findAmong(
                endpoint.options(), "Resources/StorageElements/" + endpoint.se() + "/" + endpoint.section());
    }
}
