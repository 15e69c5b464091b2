/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AttributeCertificate;

/** An attribute certificate by which a VOMS server says what its holder is in the VO; nobody has checked its signature. */
public final class VomsCertificate {

    private final AttributeCertificate certificate;

    private VomsCertificate(AttributeCertificate certificate) {
        this.certificate = certificate;
    }

    /** @throws InvalidCertificate if these bytes are none */
    public static VomsCertificate read(byte[] encoded) {
        try {
            return new VomsCertificate(AttributeCertificate.getInstance(encoded));
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw new InvalidCertificate("The answer of the VOMS server holds no attribute certificate", broken);
        }
    }

    /** The groups and roles, the primary one first. */
    public List<String> fqans() {
        return UnverifiedAttributes.fqans(extension());
    }

    /** As proxies carry it: a sequence of sequences. */
    ASN1Encodable extension() {
        return new DERSequence(new DERSequence(certificate));
    }
}
