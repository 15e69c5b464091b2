/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.proxy.boundary.VomsFailed;
import org.diracee.framework.proxy.control.AttributeAuthority;
import org.diracee.framework.proxy.control.VomsServer;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.VomsCertificate;
import org.diracee.kernel.value.Dn;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * VOMS servers by their HTTP interface, {@code /generate-ac}. The server is known by the name of its certificate, which the CA directory
 * has to vouch for; it knows the person by the proxy of the connection.
 *
 * @see "VOMS 2 and VOMS-AA, generate-ac"
 */
@ApplicationScoped
public class HttpVomsServers implements AttributeAuthority {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 256 * 1024;
    private static final String UNSET = "";

    private ChainVerification verification;

    protected HttpVomsServers() {} // for the container's proxy

    @Inject
    public HttpVomsServers(ChainVerification verification) {
        this.verification = verification;
    }

    @Override
    public VomsCertificate attributes(VomsServer server, String fqan, Duration lifetime, ProxyCredential person) {
        URI address = address(server, fqan, lifetime);
        try {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(context(server.dn(), person))
                    .connectTimeout(CONNECT)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(ANSWER).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return certificate(server, body.readNBytes(LONGEST_ANSWER));
            }
        } catch (IOException | GeneralSecurityException unreachable) {
            throw VomsFailed.unreachable("The VOMS server " + server.host() + ":" + server.port()
                    + " cannot be asked: it is down, or its certificate is not that of " + server.dn());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VomsFailed("The VOMS server " + server.host() + " was not asked to the end");
        }
    }

    /** The server of VOMS decodes nothing, so slashes and equals signs have to stand there as they are. */
    private static URI address(VomsServer server, String fqan, Duration lifetime) {
        try {
            String query = "fqans=" + fqan + "&lifetime=" + lifetime.toSeconds();
            return new URI("https", null, server.host(), server.port(), "/generate-ac", query, null);
        } catch (URISyntaxException noHost) {
            throw new VomsFailed("The VOMS server " + server.host() + " cannot be asked: that is no name of a host");
        }
    }

    private static VomsCertificate certificate(VomsServer server, byte[] answer) {
        try {
            Document document = parsed(answer);
            String encoded = text(document, "ac");
            if (encoded.isEmpty()) {
                throw new VomsFailed("The VOMS server " + server.host() + " gives no attributes: "
                        + shortened(text(document, "message")));
            }
            return VomsCertificate.read(Base64.getMimeDecoder().decode(encoded));
        } catch (IOException | SAXException | ParserConfigurationException | IllegalArgumentException broken) {
            throw new VomsFailed("The answer of the VOMS server " + server.host() + " cannot be read");
        } catch (InvalidCertificate broken) {
            throw new VomsFailed("The answer of the VOMS server " + server.host() + " holds no attributes");
        }
    }

    private static Document parsed(byte[] answer) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer));
    }

    private static String text(Document document, String element) {
        NodeList found = document.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    private static String shortened(String message) {
        return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }

    private SSLContext context(Dn server, ProxyCredential person) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "person",
                person.privateKey(),
                UNSET.toCharArray(),
                person.chain().x509().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, UNSET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new ByName(server)}, null);
        return context;
    }

    /** Trusts the one server of this name, whatever its host is called. */
    private final class ByName extends X509ExtendedTrustManager {

        private final Dn expected;

        ByName(Dn expected) {
            this.expected = expected;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                Dn found = verification.verify(List.of(chain)).dn();
                if (!found.equals(expected)) {
                    throw new CertificateException("It is the certificate of " + found);
                }
            } catch (UntrustedChain untrusted) {
                throw new CertificateException(untrusted);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("This is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("This is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("This is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
