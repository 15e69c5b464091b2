/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of the test of a queue.
 *
 * @param at when it was done, if that is known
 * @param detail what there is to say of it, or why it failed
 */
public record QueueTestStep(Kind kind, State state, Optional<Instant> at, Optional<String> detail) {

    /** The steps in their order. */
    public enum Kind {
        CONFIGURATION("configuration read"),
        TAKEN_UP("taken up by the site director"),
        CONTACT("computing element answers"),
        SUBMITTED("pilot submitted"),
        QUEUED("pilot waits in the batch system"),
        RUNNING("pilot runs"),
        LOGGED_IN("pilot logged in"),
        MATCHED("job given to the pilot"),
        JOB_DONE("job done, with its output"),
        PILOT_ENDED("pilot ended"),
        CLEANED("computing element tidied up");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** How far a step has come. */
    public enum State {
        DONE("done"),
        CURRENT("current"),
        PENDING("pending"),
        FAILED("failed");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
