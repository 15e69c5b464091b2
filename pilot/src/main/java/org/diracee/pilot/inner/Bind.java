/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.nio.file.Path;

/**
 * A directory or file of the worker node that payloads see.
 *
 * @param target where they see it
 */
public record Bind(Path source, Path target, boolean writable) {

    /**
     * Reads {@code SOURCE[:TARGET[:rw]]}, also {@code :ro}, as Apptainer has it; read-only unless said otherwise.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Bind parse(String text) {
        String[] parts = text.split(":", -1);
        String mode = parts.length == 3 ? parts[2] : "ro";
        String target = parts.length >= 2 ? parts[1] : parts[0];
        if (parts.length > 3
                || !parts[0].startsWith("/")
                || !target.startsWith("/")
                || !(mode.equals("ro") || mode.equals("rw"))) {
            throw new IllegalArgumentException("'" + text + "': SOURCE[:TARGET[:rw]] with absolute paths is expected");
        }
        return new Bind(Path.of(parts[0]).normalize(), Path.of(target).normalize(), mode.equals("rw"));
    }

    @Override
    public String toString() {
        return source + ":" + target + ":" + (writable ? "rw" : "ro");
    }
}
