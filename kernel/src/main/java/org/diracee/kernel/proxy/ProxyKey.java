/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.KeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A key pair for a proxy that another will sign. */
public final class ProxyKey {

    private final KeyPair pair;

    private ProxyKey(KeyPair pair) {
        this.pair = pair;
    }

    /** A new one; it takes tenths of a second of computing. */
    public static ProxyKey generate() {
        return new ProxyKey(PublicKeys.generate());
    }

    /** @throws InvalidCertificate if it is not what {@link #pem} wrote */
    public static ProxyKey read(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PEMKeyPair pair) {
                return new ProxyKey(new JcaPEMKeyConverter().getKeyPair(pair));
            }
            throw new InvalidCertificate("The text is no key pair in PEM");
        } catch (IOException broken) {
            throw new InvalidCertificate("The text is no key pair in PEM", broken);
        }
    }

    public ProxyRequest request() {
        try {
            return new ProxyRequest(new JcaPKCS10CertificationRequestBuilder(ProxyRequest.NAMELESS, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("Every Java signs with RSA", impossible);
        }
    }

    /**
     * The key with a chain that was signed for it.
     *
     * @throws InvalidCertificate if the chain is for another key
     */
    public ProxyCredential with(ProxyChain chain) {
        return new ProxyCredential(pair.getPrivate(), chain);
    }

    /** The private key in the clear: for sealing. */
    public String pem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pair.getPrivate());
        } catch (IOException impossible) {
            throw new IllegalStateException("Text in memory can always be written", impossible);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "key pair"; // never the key
    }
}
