/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about user metadata.
 *
 * @param configuration the snapshot it is read from
 * @see "DMS reference 3.7"
 */
public record MetadataSettings(Configuration configuration) {

    private static final DeclaredOption<Boolean> FORCE_INDEXED = DeclaredOption.of(
            "Operations/{vo}/DataManagement/ForceIndexedMetadata",
            OptionType.yesNo(),
            "no",
            "Whether only declared fields may be written as metadata of the VO's files and directories.",
            "DMS reference 3.7");

    /** Whether only declared fields may be written. */
    public boolean declaredOnly(VoName vo) {
        return FORCE_INDEXED.read(configuration, vo);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(FORCE_INDEXED);
        }
    }
}
