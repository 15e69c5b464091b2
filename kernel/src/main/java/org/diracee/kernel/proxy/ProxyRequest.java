/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Somebody's wish to have a proxy for a key that stays where it was made (PKCS #10). */
public final class ProxyRequest {

    /** Who signs a proxy decides on its name; this one says nothing. */
    static final X500Name NAMELESS = new X500Name("CN=proxy request");

    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String OLD_REQUEST = "NEW CERTIFICATE REQUEST";
    private static final int LONGEST_TEXT = 32 * 1024;

    private final PKCS10CertificationRequest request;

    ProxyRequest(PKCS10CertificationRequest request) {
        this.request = request;
    }

    /**
     * Reads a request in PEM and checks that its sender has the key.
     *
     * @throws InvalidCertificate if it is none, is signed by another key, or the key is weak
     */
    public static ProxyRequest read(String pem) {
        if (pem.length() > LONGEST_TEXT) {
            throw new InvalidCertificate("The request is longer than " + LONGEST_TEXT + " characters");
        }
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject object = reader.readPemObject();
            if (object == null
                    || !object.getType().equals(REQUEST) && !object.getType().equals(OLD_REQUEST)) {
                throw new InvalidCertificate("The text is no certificate request in PEM (PKCS #10)");
            }
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(object.getContent());
            PublicKeys.checked(request.getSubjectPublicKeyInfo());
            if (!request.isSignatureValid(
                    new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()))) {
                throw new InvalidCertificate("The certificate request is not signed by the key that it names");
            }
            return new ProxyRequest(request);
        } catch (IOException | OperatorCreationException | PKCSException broken) {
            throw new InvalidCertificate("The certificate request cannot be read", broken);
        } catch (RuntimeException broken) {
            if (broken instanceof InvalidCertificate known) {
                throw known;
            }
            throw new InvalidCertificate("The certificate request cannot be read", broken);
        }
    }

    public String pem() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(REQUEST, request.getEncoded()));
        } catch (IOException impossible) {
            throw new IllegalStateException("Text in memory can always be written", impossible);
        }
        return text.toString();
    }

    SubjectPublicKeyInfo publicKey() {
        return request.getSubjectPublicKeyInfo();
    }
}
