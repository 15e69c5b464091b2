/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * What counts as a good certificate.
 *
 * @param configuration the snapshot they are read from
 */
public record CertificateSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Certificates/";
    private static final String ACCEPT = "Accept";
    private static final String REFUSE = "Refuse";

    private static final DeclaredOption<String> MISSING_REVOCATION_LIST = DeclaredOption.of(
            SECTION + "MissingRevocationList",
            OptionType.choice(ACCEPT, REFUSE),
            ACCEPT,
            "What becomes of certificates whose CA has no revocation list in the directory of CAs. A list that is there and out of"
                    + " date, or not the CA's, always refuses.",
            "DIRAC EE");
    private static final DeclaredOption<String> MISSING_NAMESPACES = DeclaredOption.of(
            SECTION + "MissingNamespaces",
            OptionType.choice(ACCEPT, REFUSE),
            ACCEPT,
            "What becomes of certificates whose CA has neither a namespaces nor a signing_policy file. Those that are there are"
                    + " obeyed.",
            "DIRAC EE");

    /** Whether a CA must have a revocation list. */
    public boolean requireRevocationList() {
        return MISSING_REVOCATION_LIST.read(configuration).equals(REFUSE);
    }

    /** Whether a CA must say which names it gives. */
    public boolean requireNamespaces() {
        return MISSING_NAMESPACES.read(configuration).equals(REFUSE);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(MISSING_REVOCATION_LIST, MISSING_NAMESPACES);
        }
    }
}
