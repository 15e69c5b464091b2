/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a pilot is called that was submitted over SSH.
 *
 * @param id as the batch system calls it; of a plain host the host and the process
 * @see "WMS reference 16"
 */
record SshReference(BatchSystem system, String computingElement, String id) {

    private static final Pattern FORM = Pattern.compile("ssh([a-z]+)://([^/]+)/(.+)");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[1-9][0-9]*)?");

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static Optional<SshReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || !isId(parts.group(3))) {
            return Optional.empty();
        }
        for (BatchSystem system : BatchSystem.values()) {
            if (system.word().equals(parts.group(1))) {
                return Optional.of(new SshReference(system, parts.group(2), parts.group(3)));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "ssh" + system.word() + "://" + computingElement + "/" + id;
    }
}
