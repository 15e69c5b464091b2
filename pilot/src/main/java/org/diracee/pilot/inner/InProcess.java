/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.nio.file.Path;
import org.diracee.pilot.process.PayloadCommand;

/** No inner computing element at all: a payload sees and may do whatever the pilot's account may. */
public record InProcess() implements InnerCe {

    @Override
    public PayloadCommand around(PayloadCommand payload, Path temporary, boolean usesGpu) {
        return payload;
    }

    @Override
    public boolean showsSystem() {
        return true;
    }

    @Override
    public boolean shows(Path path) {
        return true;
    }

    @Override
    public boolean isIsolated() {
        return false;
    }

    @Override
    public String toString() {
        return "InProcess";
    }
}
