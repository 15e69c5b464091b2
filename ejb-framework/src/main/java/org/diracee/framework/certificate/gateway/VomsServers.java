/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.certificate.control.VomsAttributes;
import org.diracee.framework.configuration.boundary.Deployment;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.ac.VOMSValidationResult;
import org.italiangrid.voms.ac.impl.DefaultVOMSValidationStrategy;
import org.italiangrid.voms.ac.impl.DefaultVOMSValidator;
import org.jspecify.annotations.Nullable;

/** The VOMS servers whose word counts on this node. */
@ApplicationScoped
public class VomsServers implements VomsAttributes {

    private @Nullable DefaultVOMSValidator validator;

    protected VomsServers() {} // for the container's proxy

    @Inject
    public VomsServers(Deployment deployment, CaDirectory authorities, Clock clock) {
        Optional<Path> directory = deployment.vomsServers();
        Optional<CaDirectoryValidator> certificates = authorities.validator();
        if (directory.isPresent() && certificates.isPresent()) {
            validator = validator(directory.get(), certificates.get(), clock);
        }
    }

    VomsServers(Path directory, CaDirectory authorities, Clock clock) {
        validator = validator(directory, authorities.validator().orElseThrow(), clock);
    }

    private static DefaultVOMSValidator validator(Path directory, CaDirectoryValidator certificates, Clock clock) {
        return new DefaultVOMSValidator.Builder()
                .certChainValidator(certificates)
                .validationStrategy(new DefaultVOMSValidationStrategy(new LscDirectory(directory, clock), certificates))
                .build();
    }

    @Override
    public List<String> fqans(List<X509Certificate> chain) throws Refusal {
        DefaultVOMSValidator present = validator;
        if (present == null) {
            throw new Refusal("no VOMS servers are known here");
        }
        return fqans(present, chain);
    }

    private static List<String> fqans(DefaultVOMSValidator validator, List<X509Certificate> chain) throws Refusal {
        List<VOMSValidationResult> results;
        try {
            results = validator.validateWithResult(chain.toArray(X509Certificate[]::new));
        } catch (RuntimeException broken) {
            throw new Refusal("the attributes cannot be read: " + broken.getMessage());
        }
        List<String> fqans = new ArrayList<>();
        for (VOMSValidationResult result : results) {
            if (!result.isValid()) {
                throw new Refusal(result.getValidationErrors().stream()
                        .map(error -> error.getMessage())
                        .collect(Collectors.joining("; ")));
            }
            addAll(fqans, result.getAttributes());
        }
        return fqans;
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
