/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

import java.util.EnumSet;
import java.util.Set;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Who calls a service: first parameter of every service method. */
public sealed interface Caller {

    /** The text under which the caller appears in logs and idempotency records; unique among callers. */
    String identity();

    CallerKind kind();

    /**
     * A person, acting in one group of one VO.
     *
     * @param subject stable id within the VO, as the identity provider gives it
     * @param credential what was shown with the request
     */
    record User(
            String subject,
            UserName username,
            GroupName group,
            VoName vo,
            Set<Property> properties,
            Credential credential)
            implements Caller {
        public User {
            properties = properties.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(properties));
        }

        /** A user of whom our own code speaks: no request showed anything. */
        public User(String subject, UserName username, GroupName group, VoName vo, Set<Property> properties) {
            this(subject, username, group, vo, properties, Credential.NONE);
        }

        @Override
        public String identity() {
            return "user:" + vo + ":" + subject;
        }

        @Override
        public CallerKind kind() {
            return CallerKind.USER;
        }

        public boolean has(Property property) {
            return properties.contains(property);
        }
    }

    /** A pilot, known by its stamp, good only for jobs leased to that stamp. */
    record Pilot(PilotStamp stamp, VoName vo) implements Caller {
        @Override
        public String identity() {
            return "pilot:" + stamp;
        }

        @Override
        public CallerKind kind() {
            return CallerKind.PILOT;
        }
    }

    /**
     * The wrapper of one attempt of one job, acting for the job's owner.
     *
     * @param attempt counts from 1; an older attempt's writes are refused
     * @param pilot the pilot that runs this attempt
     */
    record Job(JobId id, int attempt, PilotStamp pilot, UserName owner, GroupName ownerGroup, VoName vo)
            implements Caller {
        @Override
        public String identity() {
            return "job:" + id + ":" + attempt;
        }

        @Override
        public CallerKind kind() {
            return CallerKind.JOB;
        }
    }

    /** One of our own agents. */
    record System(String agent) implements Caller {
        @Override
        public String identity() {
            return "system:" + agent;
        }

        @Override
        public CallerKind kind() {
            return CallerKind.SYSTEM;
        }
    }
}
