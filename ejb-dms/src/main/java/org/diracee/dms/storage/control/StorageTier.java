/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import org.diracee.kernel.value.InvalidValue;

/**
 * What a storage element keeps files on.
 *
 * @see "DMS reference 4.1"
 */
public record StorageTier(boolean tape, boolean disk) {

    static final StorageTier DISK = new StorageTier(false, true);

    /** @throws InvalidValue unless the text is as {@code T1D0} */
    static StorageTier parse(String text) {
        if (!text.matches("[Tt][0-9][Dd][0-9]")) {
            throw new InvalidValue("type of a storage element", text, "T and a digit, D and a digit, such as T0D1");
        }
        return new StorageTier(text.charAt(1) != '0', text.charAt(3) != '0');
    }
}
