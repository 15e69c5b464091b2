/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import eu.emi.security.authn.x509.ValidationError;
import eu.emi.security.authn.x509.ValidationResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.certificate.control.CertificateSettings;
import org.diracee.framework.certificate.control.PathValidation;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.jspecify.annotations.Nullable;

/** The CAs whose certificates count on this node. */
@ApplicationScoped
public class CaDirectory implements PathValidation {

    private @Nullable CaDirectoryValidator validator;

    protected CaDirectory() {} // for the container's proxy

    @Inject
    public CaDirectory(Deployment deployment, ConfigurationService configuration, Clock clock) {
        deployment
                .certificateAuthorities()
                .ifPresent(directory -> validator = validator(directory, configuration, clock));
    }

    CaDirectory(Path directory, boolean requireRevocationList, boolean requireNamespaces, Clock clock) {
        validator = new CaDirectoryValidator(
                new CaFiles(directory, clock), clock, () -> requireRevocationList, () -> requireNamespaces);
    }

    private static CaDirectoryValidator validator(Path directory, ConfigurationService configuration, Clock clock) {
        return new CaDirectoryValidator(
                new CaFiles(directory, clock),
                clock,
                () -> new CertificateSettings(configuration.current()).requireRevocationList(),
                () -> new CertificateSettings(configuration.current()).requireNamespaces());
    }

    @Override
    public boolean enabled() {
        return validator != null;
    }

    @Override
    public void validate(List<X509Certificate> chain) throws Refusal {
        CaDirectoryValidator present = validator().orElseThrow(() -> new Refusal("no certificates count here"));
        ValidationResult result;
        try {
            result = present.validate(chain.toArray(X509Certificate[]::new));
        } catch (RuntimeException unexpected) {
            // the chain is a stranger's, and the library is not sure to have thought of everything
            LOG.certificateNotVerified(unexpected);
            throw new Refusal("it cannot be verified");
        }
        if (!result.isValid()) {
            throw new Refusal(reason(result));
        }
    }

    /** CAnL's validator over this directory, for the certificates of VOMS servers. */
    Optional<CaDirectoryValidator> validator() {
        return Optional.ofNullable(validator);
    }

    private static String reason(ValidationResult result) {
        if (result.getErrors().isEmpty()) {
            return "it has critical extensions that are not known: " + result.getUnresolvedCriticalExtensions();
        }
        return result.getErrors().stream()
                .map(ValidationError::getMessage)
                .distinct()
                .limit(2)
                .collect(Collectors.joining("; "));
    }
}
