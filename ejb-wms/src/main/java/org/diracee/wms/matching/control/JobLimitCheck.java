/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.taskqueue.boundary.QueueField;

/** Finds limits by attributes that jobs are not counted by, which would have no effect. */
@ApplicationScoped
public class JobLimitCheck implements ConfigurationCheck {

    private static final String CES = "CEs";
    private static final List<String> ATTRIBUTES =
            JobLimitSettings.LIMITABLE.stream().map(QueueField::text).toList();

    @Override
    public List<Finding> check(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        for (String vo : configuration.names("Operations")) {
            for (String kind : List.of("RunningLimit", "MatchingDelay")) {
                String section = "Operations/" + vo + "/JobScheduling/" + kind;
                for (String site : configuration.names(section)) {
                    attributes(configuration, section + "/" + site, kind.equals("RunningLimit"), findings);
                }
            }
        }
        return findings;
    }

    private static void attributes(
            Configuration configuration, String section, boolean ofElements, List<Finding> findings) {
        for (String attribute : configuration.names(section)) {
            String path = section + "/" + attribute;
            if (ofElements && attribute.equals(CES)) {
                configuration.names(path).forEach(ce -> attributes(configuration, path + "/" + ce, false, findings));
            } else if (!ATTRIBUTES.contains(attribute)) {
                findings.add(Finding.error(
                        path,
                        attribute,
                        "Jobs cannot be limited by " + attribute + "; allowed is one of "
                                + ATTRIBUTES.stream().collect(Collectors.joining(", "))));
            }
        }
    }
}
