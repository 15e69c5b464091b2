/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.util.List;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * What a person is asked to approve.
 *
 * @param clientId the program that asks
 * @param properties names of all rights that the tokens would carry, sorted
 */
public record PendingLogin(String userCode, String clientId, VoName vo, GroupName group, List<String> properties) {

    public PendingLogin {
        properties = List.copyOf(properties);
    }
}
