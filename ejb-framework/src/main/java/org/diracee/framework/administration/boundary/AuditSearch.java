/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.administration.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.framework.audit.boundary.AuditRecords;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;

/** Lets administrators search the audit log: those of a VO see what concerns the VO, and nothing else. */
@Stateless
public class AuditSearch {

    private AuditRecords records;
    private ConfigurationService configuration;

    protected AuditSearch() {} // for the container's proxy

    @Inject
    public AuditSearch(AuditRecords records, ConfigurationService configuration) {
        this.records = records;
        this.configuration = configuration;
    }

    /**
     * The rows that the query asks for and the caller may see, the newest first.
     *
     * @throws Forbidden if the caller watches over nobody, see {@link Oversight}
     */
    @Requires
    public Page<AuditRow> search(Caller caller, AuditQuery query, PageRequest page) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        if (query.vo().isPresent() && !oversight.coversName(query.vo().get())) {
            throw new Forbidden(
                    "You see what concerns the VO " + oversight.user().vo() + " only");
        }
        return records.find(oversight.vo().map(vo -> query.ofVo(vo.text())).orElse(query), page);
    }
}
