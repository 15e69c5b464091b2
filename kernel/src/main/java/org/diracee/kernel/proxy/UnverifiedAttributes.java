/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Attribute;
import org.bouncycastle.asn1.x509.AttributeCertificate;
import org.bouncycastle.asn1.x509.IetfAttrSyntax;

/** Reads what VOMS says of the holder of a proxy, without checking who says so. */
final class UnverifiedAttributes {

    private UnverifiedAttributes() {}

    /** @param extension a sequence of sequences of attribute certificates, as VOMS writes it */
    static List<String> fqans(ASN1Encodable extension) {
        List<String> fqans = new ArrayList<>();
        try {
            for (ASN1Encodable list : ASN1Sequence.getInstance(extension)) {
                for (ASN1Encodable certificate : ASN1Sequence.getInstance(list)) {
                    collect(AttributeCertificate.getInstance(certificate), fqans);
                }
            }
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw new InvalidCertificate("The VOMS extension of the proxy cannot be read", broken);
        }
        return List.copyOf(fqans);
    }

    private static void collect(AttributeCertificate certificate, List<String> fqans) {
        for (ASN1Encodable item : certificate.getAcinfo().getAttributes()) {
            Attribute attribute = Attribute.getInstance(item);
            if (!attribute.getAttrType().equals(ProxyOids.FQANS)) {
                continue;
            }
            for (ASN1Encodable value : attribute.getAttrValues()) {
                for (Object name : IetfAttrSyntax.getInstance(value).getValues()) {
                    if (name instanceof ASN1OctetString octets) {
                        fqans.add(new String(octets.getOctets(), StandardCharsets.US_ASCII));
                    }
                }
            }
        }
    }
}
