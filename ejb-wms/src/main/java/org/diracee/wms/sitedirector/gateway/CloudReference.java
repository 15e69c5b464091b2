/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.value.VoName;

/**
 * How a pilot is called that runs in an instance of a cloud. The VO stands behind it, as its credential is needed to see the instance.
 *
 * @param id of the instance
 * @see "WMS reference 16"
 */
record CloudReference(String id, VoName vo) {

    private static final Pattern FORM =
            Pattern.compile("cloud://([A-Za-z0-9-]{1,64})#([A-Za-z0-9][A-Za-z0-9._-]{0,31})");

    static Optional<CloudReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new CloudReference(parts.group(1), new VoName(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "cloud://" + id + "#" + vo;
    }
}
