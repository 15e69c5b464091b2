/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

import java.util.Arrays;
import java.util.Optional;

/**
 * A right that membership in a group gives.
 *
 * @see "DiracX REST reference 3, known properties"
 */
public enum Property {
    ACCOUNTING_MONITOR("AccountingMonitor"),
    ALARMS_MANAGEMENT("AlarmsManagement"),
    BOOKKEEPING_MANAGEMENT("BookkeepingManagement"),
    CS_ADMINISTRATOR("CSAdministrator"),
    FILE_CATALOG_MANAGEMENT("FileCatalogManagement"),
    FULL_DELEGATION("FullDelegation"),
    GENERIC_PILOT("GenericPilot"),
    JOB_ADMINISTRATOR("JobAdministrator"),
    JOB_MONITOR("JobMonitor"),
    JOB_SHARING("JobSharing"),
    LIMITED_DELEGATION("LimitedDelegation"),
    NORMAL_USER("NormalUser"),
    OPERATOR("Operator"),
    PILOT("Pilot"),
    PPG_AUTHORITY("PPGAuthority"),
    PRIVATE_LIMITED_DELEGATION("PrivateLimitedDelegation"),
    PRODUCTION_MANAGEMENT("ProductionManagement"),
    PROXY_MANAGEMENT("ProxyManagement"),
    SERVICE_ADMINISTRATOR("ServiceAdministrator"),
    SITE_MANAGER("SiteManager"),
    STAGE_ALLOWED("StageAllowed"),
    TRUSTED_HOST("TrustedHost"),
    USER_MANAGER("UserManager");

    private final String wireName;

    Property(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<Property> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(property -> property.wireName.equals(name))
                .findFirst();
    }
}
