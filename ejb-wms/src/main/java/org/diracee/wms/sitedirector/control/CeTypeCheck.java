/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.kernel.configuration.Configuration;

/** Finds computing elements of a kind that there is no adapter for, so that no pilots go there. */
@ApplicationScoped
public class CeTypeCheck implements ConfigurationCheck {

    private SortedSet<String> types = new TreeSet<>();

    protected CeTypeCheck() {} // for the container's proxy

    @Inject
    public CeTypeCheck(Instance<ComputingElement> adapters) {
        this(adapters.stream().map(ComputingElement::type).toList());
    }

    CeTypeCheck(Collection<String> types) {
        this.types = new TreeSet<>(types);
    }

    @Override
    public List<Finding> check(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        new Resources(configuration)
                .sites().stream()
                        .map(Site::computingElements)
                        .flatMap(List::stream)
                        .forEach(element -> {
                            String path = element.path() + "/CEType";
                            configuration
                                    .option(path)
                                    .filter(type -> !types.contains(type))
                                    .ifPresent(type -> findings.add(Finding.warning(
                                            path,
                                            type,
                                            "There is no adapter for it; there are " + String.join(", ", types))));
                        });
        return findings;
    }
}
