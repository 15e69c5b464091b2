/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;

/** Finds limits of job descriptions that contradict each other, by which no job of the VO could be submitted. */
@ApplicationScoped
public class DescriptionCheck implements ConfigurationCheck {

    @Override
    public List<Finding> check(Configuration configuration) {
        DescriptionSettings settings = new DescriptionSettings(configuration);
        List<Finding> findings = new ArrayList<>();
        for (String vo : configuration.names("Operations")) {
            try {
                settings.limits(new VoName(vo));
            } catch (InvalidOption contradiction) {
                findings.add(Finding.error(contradiction.path(), contradiction.value(), contradiction.detail()));
            } catch (InvalidValue noVo) {
                findings.add(Finding.warning("Operations/" + vo, "", noVo.detail()));
            }
        }
        return findings;
    }
}
