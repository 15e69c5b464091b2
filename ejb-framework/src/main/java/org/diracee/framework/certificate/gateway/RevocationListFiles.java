/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.diracee.framework.certificate.control.RevocationLists;
import org.diracee.framework.configuration.boundary.Deployment;

/** Renews the files {@code <hash>.r<number>} beside the CAs {@code <hash>.<number>} of a directory in IGTF's layout. */
@ApplicationScoped
public class RevocationListFiles implements RevocationLists {

    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final Pattern AUTHORITY = Pattern.compile("([0-9a-f]{8})\\.([0-9])");
    private static final int LONGEST_LIST_OF_ADDRESSES = 65_536;

    private Optional<Path> directory = Optional.empty();
    private ListDownload download;
    private Clock clock;

    protected RevocationListFiles() {} // for the container's proxy

    @Inject
    public RevocationListFiles(Deployment deployment, ListDownload download, Clock clock) {
        this(deployment.certificateAuthorities(), download, clock);
    }

    RevocationListFiles(Optional<Path> directory, ListDownload download, Clock clock) {
        this.directory = directory;
        this.download = download;
        this.clock = clock;
    }

    @Override
    public boolean enabled() {
        return directory.isPresent();
    }

    @Override
    public int fetch(int largest) {
        int renewed = 0;
        for (Authority authority : authorities()) {
            for (URI address : authority.addresses()) {
                try {
                    renewed += renew(authority, download.get(address, largest)) ? 1 : 0;
                    break;
                } catch (IOException failed) {
                    LOG.revocationListNotFetched(
                            authority.name(), address.toString(), String.valueOf(failed.getMessage()));
                }
            }
        }
        return renewed;
    }

    /** Takes the list if the CA has signed it, it is in time, and it is newer than what is there. */
    private boolean renew(Authority authority, byte[] content) throws IOException {
        RevocationList fresh = list(content);
        Instant now = clock.instant();
        if (!fresh.issuer().equals(authority.certificate().getSubjectX500Principal())
                || !fresh.isSignedBy(authority.certificate())) {
            throw new IOException("it is not signed by the CA");
        }
        if (fresh.isOver(now) || fresh.isToCome(now)) {
            throw new IOException("it is out of date");
        }
        Optional<RevocationList> old = known(authority);
        if (old.isPresent() && !fresh.times().made().isAfter(old.get().times().made())) {
            return false;
        }
        Path next = Files.createTempFile(
                authority.list().resolveSibling(".").normalize(),
                ".crl",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            Files.write(next, content);
            Files.move(next, authority.list(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        return true;
    }

    @Override
    public int alarm(Duration age) {
        Instant now = clock.instant();
        int told = 0;
        for (Authority authority : authorities()) {
            Optional<RevocationList> list = known(authority);
            if (list.isPresent()
                    && (list.get().isOver(now)
                            || list.get().times().made().plus(age).isBefore(now))) {
                LOG.revocationListOld(
                        authority.list().toString(),
                        authority.name(),
                        list.get().times().made(),
                        list.get().times().nextDue().map(Instant::toString).orElse("never"));
                told++;
            }
        }
        return told;
    }

    /** The list that is there; none if it is broken, because anything is better. */
    private static Optional<RevocationList> known(Authority authority) {
        try {
            return Optional.of(list(Files.readAllBytes(authority.list())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException broken) {
            LOG.caFileBroken(authority.list().toString(), String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
    }

    private static RevocationList list(byte[] content) throws IOException {
        try {
            return new RevocationList(
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content)));
        } catch (CRLException | CertificateException broken) {
            throw new IOException("it is no revocation list", broken);
        }
    }

    private List<Authority> authorities() {
        List<Authority> found = new ArrayList<>();
        if (directory.isEmpty()) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.get())) {
            for (Path file : files) {
                Matcher name = AUTHORITY.matcher(file.getFileName().toString());
                if (name.matches()) {
                    authority(file, name.group(1), name.group(2)).ifPresent(found::add);
                }
            }
        } catch (IOException unreadable) {
            LOG.caFileBroken(directory.get().toString(), String.valueOf(unreadable.getMessage()));
        }
        return found;
    }

    private static Optional<Authority> authority(Path file, String hash, String number) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
            Set<URI> addresses = new LinkedHashSet<>(listed(file.resolveSibling(hash + ".crl_url")));
            addresses.addAll(distributionPoints(certificate));
            return Optional.of(
                    new Authority(certificate, file.resolveSibling(hash + ".r" + number), List.copyOf(addresses)));
        } catch (IOException | CertificateException broken) {
            LOG.caFileBroken(file.toString(), String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
    }

    private static List<URI> listed(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) > LONGEST_LIST_OF_ADDRESSES) {
            return List.of();
        }
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .flatMap(line -> address(line).stream())
                .toList();
    }

    /** Where the CA's certificate says that lists are; for a root that is its own list, which is the one we want. */
    private static List<URI> distributionPoints(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(DISTRIBUTION_POINTS);
        boolean root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        if (extension == null || !root) {
            return List.of();
        }
        List<URI> found = new ArrayList<>();
        for (DistributionPoint point : CRLDistPoint.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getDistributionPoints()) {
            DistributionPointName name = point.getDistributionPoint();
            if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                for (GeneralName general :
                        GeneralNames.getInstance(name.getName()).getNames()) {
                    if (general.getTagNo() == GeneralName.uniformResourceIdentifier) {
                        address(general.getName().toString()).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static Optional<URI> address(String text) {
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /**
     * A CA of the directory.
     *
     * @param list where its revocation list is, or would be
     * @param addresses where it can be fetched, in the order in which to try them
     */
    private record Authority(X509Certificate certificate, Path list, List<URI> addresses) {

        String name() {
            return certificate.getSubjectX500Principal().getName();
        }
    }
}
