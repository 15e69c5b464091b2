/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a local pilot is called: its process and the instant this started, by which it is told from a later process that got
 * the same number.
 */
record LocalReference(String host, long pid, Instant started) {

    private static final Pattern FORM = Pattern.compile("local://([^/]+)/([1-9][0-9]{0,9})/([0-9]{1,15})");
    private static final String HERE = here();

    static LocalReference here(long pid, Instant started) {
        return new LocalReference(HERE, pid, started);
    }

    static Optional<LocalReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new LocalReference(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        Instant.ofEpochMilli(Long.parseLong(parts.group(3)))))
                : Optional.empty();
    }

    boolean isHere() {
        return host.equals(HERE);
    }

    @Override
    public String toString() {
        return "local://" + host + "/" + pid + "/" + started.toEpochMilli();
    }

    private static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
