/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import eu.emi.security.authn.x509.proxy.ProxyUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.certificate.control.CertificateTimes;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.certificate.control.VomsAttributes;
import org.diracee.framework.configuration.boundary.Deployment;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.ac.VOMSACParser;
import org.italiangrid.voms.ac.VOMSACValidationStrategy;
import org.italiangrid.voms.ac.VOMSValidationResult;
import org.italiangrid.voms.ac.impl.DefaultVOMSACParser;
import org.italiangrid.voms.ac.impl.DefaultVOMSValidationStrategy;
import org.italiangrid.voms.error.VOMSValidationErrorMessage;
import org.jspecify.annotations.Nullable;

/** The VOMS servers whose word counts on this node. */
@ApplicationScoped
public class VomsServers implements VomsAttributes {

    private final VOMSACParser parser = new DefaultVOMSACParser();
    private @Nullable VOMSACValidationStrategy validation;
    private Clock clock;

    protected VomsServers() {} // for the container's proxy

    @Inject
    public VomsServers(Deployment deployment, CaDirectory authorities, Clock clock) {
        this.clock = clock;
        Optional<Path> directory = deployment.vomsServers();
        Optional<CaDirectoryValidator> certificates = authorities.validator();
        if (directory.isPresent() && certificates.isPresent()) {
            validation = validation(directory.get(), certificates.get(), clock);
        }
    }

    VomsServers(Path directory, CaDirectory authorities, Clock clock) {
        this.clock = clock;
        validation = validation(directory, authorities.validator().orElseThrow(), clock);
    }

    private static VOMSACValidationStrategy validation(Path directory, CaDirectoryValidator certificates, Clock clock) {
        return new DefaultVOMSValidationStrategy(new LscDirectory(directory, clock), certificates);
    }

    @Override
    public List<String> fqans(List<X509Certificate> chain) throws Refusal {
        VOMSACValidationStrategy present = validation;
        if (present == null) {
            throw new Refusal("no VOMS servers are known here");
        }
        X509Certificate[] certificates = chain.toArray(X509Certificate[]::new);
        X509Certificate holder = ProxyUtils.getEndUserCertificate(certificates);
        try {
            List<String> fqans = new ArrayList<>();
            for (VOMSAttribute attributes : parser.parse(certificates)) {
                requireValid(present.validateAC(attributes));
                requireInTime(attributes);
                requireHolder(attributes, holder);
                addAll(fqans, attributes);
            }
            return fqans;
        } catch (RuntimeException broken) { // VOMSError, and whatever a stranger's bytes bring about
            throw new Refusal("the attributes cannot be read: " + broken.getMessage());
        }
    }

    private static void requireValid(VOMSValidationResult result) throws Refusal {
        if (!result.isValid()) {
            throw new Refusal(result.getValidationErrors().stream()
                    .map(VOMSValidationErrorMessage::getMessage)
                    .collect(Collectors.joining("; ")));
        }
    }

    /** To the library they are good for some minutes more. */
    private void requireInTime(VOMSAttribute attributes) throws Refusal {
        CertificateTimes times = CertificateTimes.between(attributes.getNotBefore(), attributes.getNotAfter());
        if (times.isOver(clock.instant())) {
            throw new Refusal("the attributes ended at " + times.until());
        }
    }

    /**
     * The library compares the holder with the subject only, as old servers write it. The standard wants issuer and serial number,
     * and so do VOMS servers in their new format; the number is right in both.
     *
     * @see "RFC 5755 4.2.2"
     */
    private static void requireHolder(VOMSAttribute attributes, X509Certificate holder) throws Refusal {
        boolean named = holder.getIssuerX500Principal().equals(attributes.getHolder())
                || holder.getSubjectX500Principal().equals(attributes.getHolder());
        if (!named || !holder.getSerialNumber().equals(attributes.getHolderSerialNumber())) {
            throw new Refusal("the attributes are those of the holder of another certificate");
        }
    }

    /** A server speaks for its VO alone, whatever it signs. */
    private static void addAll(List<String> fqans, VOMSAttribute attributes) throws Refusal {
        String root = "/" + attributes.getVO();
        for (String fqan : attributes.getFQANs()) {
            if (!fqan.equals(root) && !fqan.startsWith(root + "/")) {
                throw new Refusal("a server of the VO " + attributes.getVO() + " speaks of " + fqan);
            }
            fqans.add(fqan);
        }
    }
}
