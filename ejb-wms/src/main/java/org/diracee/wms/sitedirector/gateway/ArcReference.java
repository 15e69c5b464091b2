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
 * How a pilot is called that an ARC computing element took. The VO stands behind it, as the computing element shows a job to
 * nobody but whom it took it from.
 *
 * @param address of the computing element, with its port
 * @see "WMS reference 16"
 */
record ArcReference(String address, String id, VoName vo) {

    private static final Pattern FORM =
            Pattern.compile("https://([^/#]+)/arex/([A-Za-z0-9_-]{1,128})#([A-Za-z0-9][A-Za-z0-9._-]{0,31})");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static Optional<ArcReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new ArcReference(parts.group(1), parts.group(2), new VoName(parts.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "https://" + address + "/arex/" + id + "#" + vo;
    }
}
