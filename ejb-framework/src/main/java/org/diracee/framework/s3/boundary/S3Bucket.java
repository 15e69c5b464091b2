/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.s3.boundary;

import java.net.URI;

/**
 * Where and as whom something is kept in an S3 store.
 *
 * @param endpoint scheme, host and port, without the port that is the scheme's own
 * @param pathStyle whether the bucket stands in the path, else before the host
 * @param keyName the public name of the key
 * @param secretAlias where the server's administrators keep the key's secret
 * @param autoCreate whether a missing bucket is made
 */
public record S3Bucket(
        URI endpoint,
        String region,
        String name,
        boolean pathStyle,
        String keyName,
        String secretAlias,
        boolean autoCreate) {

    /** The address of the bucket itself, without a slash at its end. */
    public URI address() {
        String authority = endpoint.getRawAuthority();
        return URI.create(endpoint.getScheme() + "://" + (pathStyle ? authority + "/" + name : name + "." + authority));
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return name + " at " + endpoint;
    }
}
