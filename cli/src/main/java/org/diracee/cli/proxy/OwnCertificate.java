/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.Console;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name the user's own certificate with its key, and the two made of them. */
public final class OwnCertificate {

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Surroundings surroundings;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Your certificate: PEM, or PKCS #12 with its key (else: X509_USER_CERT, else"
                    + " ~/.globus/usercert.pem).",
            order = 50)
    private @Nullable String certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Its private key in PEM (else: X509_USER_KEY, else ~/.globus/userkey.pem; of a given"
                    + " certificate: the same file).",
            order = 51)
    private @Nullable String key;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password of an encrypted key; - for the standard input. Without"
                    + " it you are asked.",
            order = 52)
    private @Nullable String passwordFile;

    OwnCertificate(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The certificate that a command names by options of its own. */
    public static OwnCertificate of(
            Surroundings surroundings, String certificate, @Nullable String key, @Nullable String passwordFile) {
        OwnCertificate named = new OwnCertificate(surroundings);
        named.certificate = certificate;
        named.key = key;
        named.passwordFile = passwordFile;
        return named;
    }

    /** Reads certificate and key; asks for the password if the key needs one. */
    public ProxyCredential read() throws IOException {
        Path certificateFile = file(certificate, "X509_USER_CERT", "usercert.pem");
        Path keyFile = key == null && certificate != null ? certificateFile : file(key, "X509_USER_KEY", "userkey.pem");
        requireOwnersAlone(keyFile);
        if (certificateFile.toString().endsWith(".p12")
                || certificateFile.toString().endsWith(".pfx")) {
            return pkcs12(certificateFile);
        }
        ProxyChain chain = ProxyChain.read(Files.readString(certificateFile));
        if (!chain.leaf().notAfter().isAfter(surroundings.clock().instant())) {
            throw CommandFailure.usage("The certificate in " + certificateFile + " ended at "
                    + chain.leaf().notAfter() + ".");
        }
        return new ProxyCredential(privateKey(keyFile), chain);
    }

    private Path file(@Nullable String given, String variable, String standard) {
        return Optional.ofNullable(given)
                .or(() -> surroundings.variable(variable))
                .map(surroundings::path)
                .orElseGet(() -> surroundings
                        .path(surroundings.variable("HOME").orElse(System.getProperty("user.home")))
                        .resolve(".globus")
                        .resolve(standard));
    }

    static void requireOwnersAlone(Path file) throws IOException {
        if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
            throw CommandFailure.usage("The private key in " + file
                    + " can be read by others: chmod 600 it, and think of who has read it.");
        }
    }

    private PrivateKey privateKey(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (next instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (next instanceof PEMEncryptedKeyPair encrypted) {
                    return converter.getPrivateKey(encrypted
                            .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(password(file)))
                            .getPrivateKeyInfo());
                }
                if (next instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                    return converter.getPrivateKey(
                            encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(password(file))));
                }
            }
        } catch (PEMException | PKCSException | OperatorCreationException closed) {
            throw CommandFailure.local(
                    "The private key in " + file + " cannot be opened: the password is wrong, or the file broken.",
                    closed);
        }
        throw new InvalidCertificate("There is no private key in " + file);
    }

    private ProxyCredential pkcs12(Path file) throws IOException {
        try {
            char[] password = password(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey own) {
                    return new ProxyCredential(own, ProxyChain.read(pem(store.getCertificateChain(alias))));
                }
            }
        } catch (IOException | GeneralSecurityException closed) {
            throw CommandFailure.local(file + " cannot be opened: the password is wrong, or the file broken.", closed);
        }
        throw new InvalidCertificate("There is no private key in " + file);
    }

    private static String pem(Certificate[] chain) throws IOException, CertificateEncodingException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (Certificate certificate : chain) {
                writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
            }
        }
        return text.toString();
    }

    private char[] password(Path file) throws IOException {
        if (passwordFile != null) {
            String content = passwordFile.equals("-")
                    ? new String(surroundings.readInput(), UTF_8)
                    : Files.readString(surroundings.path(passwordFile));
            return content.lines().findFirst().orElse("").toCharArray();
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", file);
        if (typed == null) {
            throw CommandFailure.usage("The private key in " + file
                    + " is encrypted and nobody is there to be asked: give --password-file.");
        }
        return typed;
    }
}
