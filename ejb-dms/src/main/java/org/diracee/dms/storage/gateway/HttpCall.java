/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.storage.control.StoragePlace;

/**
 * Something that is asked of a storage element over HTTP.
 *
 * @param authorization the value of this header, a secret; goes only where the storage element itself may send us on to
 * @param content what is sent
 */
record HttpCall(
        StoragePlace place,
        String method,
        URI url,
        Map<String, String> headers,
        Optional<String> authorization,
        Optional<LeavingBytes> content,
        long size) {

    HttpCall {
        headers = Map.copyOf(headers);
    }

    static HttpCall of(StoragePlace place, String method, URI url, Optional<String> authorization) {
        return new HttpCall(place, method, url, Map.of(), authorization, Optional.empty(), 0);
    }

    HttpCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(place, method, url, more, authorization, content, size);
    }

    HttpCall sending(LeavingBytes bytes, long length) {
        return new HttpCall(place, method, url, headers, authorization, Optional.of(bytes), length);
    }

    HttpCall to(URI other) {
        return new HttpCall(place, method, other, headers, authorization, content, size);
    }

    /** Whether it does no more if it is done twice. */
    boolean mayBeRepeated() {
        return content.isEmpty() && !method.equals("COPY") && !method.equals("POST");
    }

    /** As messages name it; without what may be secret in the query. */
    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
