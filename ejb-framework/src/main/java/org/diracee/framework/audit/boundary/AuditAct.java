/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import java.util.Arrays;
import java.util.Optional;

/** A kind of act that the audit log keeps. */
public enum AuditAct {
    /** A call of a service method; kept only if it was refused. */
    ACCESS("access"),
    /** Somebody showed something that is no good credential. */
    AUTHENTICATION("authentication"),
    CLIENT("client"),
    CONFIGURATION("configuration"),
    /** Somebody is given leave to read a file, or its bytes. */
    DATA_READ("data-read"),
    /** A file or one of its replicas is to be removed at storage elements. */
    DATA_REMOVAL("data-removal"),
    /** Somebody is given leave to write a new file. */
    DATA_UPLOAD("data-upload"),
    JOB_TOKEN("job-token"),
    /** Refusals of strangers that got no row of their own. */
    LEFT_OUT("left-out"),
    LEGACY_EXCHANGE("legacy-exchange"),
    LOG_IN("log-in"),
    /** A person lets a program act, in the browser. */
    LOG_IN_APPROVAL("log-in-approval"),
    PILOT_LOG_IN("pilot-log-in"),
    PILOT_SECRET("pilot-secret"),
    PROVIDER_TOKEN("provider-token"),
    PROXY_DELETION("proxy-deletion"),
    PROXY_DOWNLOAD("proxy-download"),
    /** A server is asked for a person's VOMS attributes, with the stored proxy and without the person. */
    PROXY_RENEWAL("proxy-renewal"),
    PROXY_UPLOAD("proxy-upload"),
    /** Too many requests. */
    RATE_LIMIT("rate-limit"),
    REGISTRATION("registration"),
    RESUMPTION("resumption"),
    SESSION_END("session-end"),
    /** Jobs were submitted. */
    SUBMISSION("submission"),
    SUSPENSION("suspension"),
    TOKEN_EXCHANGE("token-exchange"),
    TOKEN_REFRESH("token-refresh"),
    /** A user lets this server tell an address of what happens to jobs, or no more. */
    WEBHOOK("webhook");

    private final String wireName;

    AuditAct(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<AuditAct> ofWireName(String name) {
        return Arrays.stream(values()).filter(act -> act.wireName.equals(name)).findFirst();
    }
}
