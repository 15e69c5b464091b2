/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.StorageElement;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.SeName;

/** Finds storage elements that nobody can use as they are described. */
@ApplicationScoped
public class StorageCheck implements ConfigurationCheck {

    private static final String ELEMENTS = "Resources/StorageElements/";

    private StorageProtocols protocols = new StorageProtocols(List.of());

    protected StorageCheck() {} // for the container's proxy

    @Inject
    public StorageCheck(StorageProtocols protocols) {
        this.protocols = protocols;
    }

    @Override
    public List<Finding> check(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        for (StorageElement element : new Resources(configuration).storageElements()) {
            String path = ELEMENTS + element.name();
            try {
                StorageDefinition definition = new StorageDefinitions(configuration).get(new SeName(element.name()));
                if (definition.name().text().equals(element.name())) {
                    endpoints(definition, path, findings);
                }
            } catch (InvalidOption told) {
                continue; // the check of the options names it
            } catch (InvalidValue malformed) {
                findings.add(Finding.error(path, "", malformed.detail()));
            } catch (StorageFailure missing) {
                findings.add(Finding.error(path + "/Alias", "", missing.detail()));
            }
        }
        return findings;
    }

    private void endpoints(StorageDefinition definition, String path, List<Finding> findings) {
        if (definition.endpoints().isEmpty()) {
            findings.add(Finding.warning(
                    path, "", "The storage element has no section of a protocol: nobody can speak to it."));
        }
        for (StorageEndpoint endpoint : definition.endpoints()) {
            if (protocols.find(endpoint).isEmpty()) {
                findings.add(Finding.warning(
                        path + "/" + endpoint.section() + "/PluginName",
                        endpoint.plugin(),
                        "There is no adapter for it; there are " + String.join(", ", protocols.plugins())));
            }
        }
    }
}
