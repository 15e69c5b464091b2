/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import org.diracee.kernel.access.CallerKind;

/** Whose requests are counted together. People, pilots and jobs have budgets of their own, so that none starves the others. */
public enum Budget {
    LOG_IN("LogIn", "log-in", "of one address to the routes of log-in and tokens", false, "100", "1000"),
    PILOT_LOG_IN("PilotLogIn", "pilot-log-in", "of one address to the routes of pilots' tokens", false, "500", "5000"),
    TOKENS_OF_CLIENT(
            "TokensOfClient",
            "tokens-of-client",
            "of one registered client to the routes of tokens",
            true,
            "100",
            "1000"),
    TOKENS_OF_USER(
            "TokensOfUser", "tokens-of-user", "for tokens of one user by refresh and exchange", true, "100", "1000"),
    USER("User", "user", "of one user", true, "5000", "10000"),
    PILOT("Pilot", "pilot", "of one pilot", true, "5000", "10000"),
    JOB("Job", "job", "of one job", true, "5000", "10000"),
    ALL_USERS("AllUsers", "users-of-vo", "of all users of the VO", true, "0", "20000"),
    ALL_PILOTS("AllPilots", "pilots-of-vo", "of all pilots of the VO", true, "0", "20000"),
    ALL_JOBS("AllJobs", "jobs-of-vo", "of all jobs of the VO", true, "0", "20000");

    private final String option;
    private final String wireName;
    private final String whose;
    private final boolean ofVo;
    private final String usualRate;
    private final String usualBurst;

    Budget(String option, String wireName, String whose, boolean ofVo, String usualRate, String usualBurst) {
        this.option = option;
        this.wireName = wireName;
        this.whose = whose;
        this.ofVo = ofVo;
        this.usualRate = usualRate;
        this.usualBurst = usualBurst;
    }

    /** The budget of one caller of this kind. */
    static Budget ofOne(CallerKind kind) {
        return switch (kind) {
            case USER, SYSTEM -> USER;
            case PILOT -> PILOT;
            case JOB -> JOB;
        };
    }

    /** The budget of all callers of this kind in a VO. */
    static Budget ofAll(CallerKind kind) {
        return switch (kind) {
            case USER, SYSTEM -> ALL_USERS;
            case PILOT -> ALL_PILOTS;
            case JOB -> ALL_JOBS;
        };
    }

    public String option() {
        return option;
    }

    public String wireName() {
        return wireName;
    }

    public String whose() {
        return whose;
    }

    /** Whether each VO has a limit of its own. */
    public boolean isOfVo() {
        return ofVo;
    }

    public String usualRate() {
        return usualRate;
    }

    public String usualBurst() {
        return usualBurst;
    }
}
