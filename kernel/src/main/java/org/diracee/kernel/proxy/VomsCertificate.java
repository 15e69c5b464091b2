/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AttributeCertificate;
import org.bouncycastle.asn1.x509.IssuerSerial;

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

    /** When the server's word ends. */
    public Instant expires() {
        try {
            return GridCertificate.instant(certificate
                    .getAcinfo()
                    .getAttrCertValidityPeriod()
                    .getNotAfterTime()
                    .getTimeString());
        } catch (DateTimeException | IndexOutOfBoundsException broken) {
            throw new InvalidCertificate("The end of the VOMS attributes cannot be read", broken);
        }
    }

    /**
     * Whether it is about the person of this chain: that certificate, not just that name.
     *
     * @see "RFC 5755 4.2.2"
     */
    public boolean speaksOf(ProxyChain chain) {
        IssuerSerial holder = certificate.getAcinfo().getHolder().getBaseCertificateID();
        return holder != null
                && chain.identity()
                        .filter(person -> holder.getSerial().hasValue(person.serial()))
                        .filter(person -> Arrays.stream(holder.getIssuer().getNames())
                                .map(name -> X500Name.getInstance(name.getName()))
                                // old servers write the subject there
                                .anyMatch(name -> name.equals(person.issuer()) || name.equals(person.subject())))
                        .isPresent();
    }

    public byte[] encoded() {
        try {
            return certificate.getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new IllegalStateException("An attribute certificate that was read cannot be written", impossible);
        }
    }

    /** As proxies carry it: a sequence of sequences. */
    ASN1Encodable extension() {
        return new DERSequence(new DERSequence(certificate));
    }
}
