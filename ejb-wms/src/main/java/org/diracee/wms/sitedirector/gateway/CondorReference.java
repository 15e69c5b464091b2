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
 * How a pilot is called that an HTCondor-CE took. The VO stands behind it, as the CE lets nobody but whom it took a job from
 * touch it.
 *
 * @param id cluster and process
 * @see "WMS reference 16"
 */
record CondorReference(String computingElement, String id, VoName vo) {

    private static final Pattern FORM =
            Pattern.compile("htcondorce://([^/]+)/([0-9]{1,18}\\.[0-9]{1,9})#([A-Za-z0-9][A-Za-z0-9._-]{0,31})");

    static Optional<CondorReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new CondorReference(parts.group(1), parts.group(2), new VoName(parts.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "htcondorce://" + computingElement + "/" + id + "#" + vo;
    }
}
