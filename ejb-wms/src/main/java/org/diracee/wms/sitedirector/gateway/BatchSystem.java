/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** What runs pilots at the other end of an SSH connection, each with its driver, a script that is carried out there. */
enum BatchSystem {
    HOST("Host"),
    SLURM("SLURM"),
    TORQUE("Torque"),
    GE("GE"),
    LSF("LSF"),
    CONDOR("Condor");

    private final String wireName;
    private final String driver;
    private final String driverName;

    BatchSystem(String wireName) {
        this.wireName = wireName;
        driver = read("driver.sh") + read("driver-" + word() + ".sh");
        driverName = word() + "-" + digest(driver) + ".sh";
    }

    static String[] wireNames() {
        return Arrays.stream(values()).map(system -> system.wireName).toArray(String[]::new);
    }

    /** Of a word of {@link #wireNames()}. */
    static BatchSystem of(String wireName) {
        return Arrays.stream(values())
                .filter(system -> system.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }

    /** As it stands in references. */
    String word() {
        return wireName.toLowerCase(Locale.ROOT);
    }

    String driver() {
        return driver;
    }

    /** The name of the driver's file; another driver has another. */
    String driverName() {
        return driverName;
    }

    private static String read(String name) {
        try (InputStream text = BatchSystem.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("There is no " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
