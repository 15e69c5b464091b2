/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.policy.boundary;

import java.util.List;
import org.diracee.framework.access.boundary.AccessRule;
import org.diracee.framework.access.boundary.Operation;

/**
 * Whether a user may call an operation, and why.
 *
 * @param groups the groups that were asked about: one, or all of the user
 * @param allowed whether one of them lets the user call it. Rules about the objects concerned come on top of that
 * @param reasons why not, one for each group; why not at all, if the user is suspended or unknown
 * @param allowing all groups of the VO that would let their members call it
 */
public record PolicyAnswer(
        Operation operation,
        AccessRule rule,
        String user,
        String vo,
        List<String> groups,
        boolean allowed,
        List<String> reasons,
        List<String> allowing) {

    public PolicyAnswer {
        groups = List.copyOf(groups);
        reasons = List.copyOf(reasons);
        allowing = List.copyOf(allowing);
    }
}
