/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Paths in addresses. */
final class UrlPath {

    private UrlPath() {}

    /** With all but letters, digits and {@code -_.~} of each part written as bytes. @see "RFC 3986 2.3" */
    static String encoded(String path) {
        return Arrays.stream(path.split("/", -1)).map(UrlPath::part).collect(Collectors.joining("/"));
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
