/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.time.Instant;
import java.util.List;

/** What a job must fulfil to be found. Values are bound to statements, never written into their text. */
public sealed interface JobCondition {

    /** Whether the counters of jobs can answer it. */
    boolean isCounted();

    /** One of the texts, or none of them. */
    record Texts(JobColumn column, List<String> values, boolean negated) implements JobCondition {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public boolean isCounted() {
            return column.isCounted();
        }
    }

    /** A text that compares with another in this way. */
    record TextCompared(JobColumn column, TextComparison comparison, String value) implements JobCondition {
        @Override
        public boolean isCounted() {
            return column.isCounted();
        }
    }

    /** How a text is compared. */
    enum TextComparison {
        AFTER(">"),
        BEFORE("<"),
        LIKE("like"),
        NOT_LIKE("not like"),
        REGEX("~");

        private final String sql;

        TextComparison(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    /** One of the numbers, or none of them. */
    record Numbers(JobColumn column, List<Long> values, boolean negated) implements JobCondition {
        public Numbers {
            values = List.copyOf(values);
        }

        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** A number above or below another. */
    record NumberCompared(JobColumn column, boolean above, long value) implements JobCondition {
        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** True or false. */
    record Truth(JobColumn column, boolean value) implements JobCondition {
        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** A time within one of the periods, or within none of them. */
    record Within(JobColumn column, List<Period> periods, boolean negated) implements JobCondition {
        public Within {
            periods = List.copyOf(periods);
        }

        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** A time from this one on. */
    record NotBefore(JobColumn column, Instant time) implements JobCondition {
        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** A time before this one. */
    record Before(JobColumn column, Instant time) implements JobCondition {
        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** Handed at some time to one of the pilots. */
    record OfPilots(List<String> stamps) implements JobCondition {
        public OfPilots {
            stamps = List.copyOf(stamps);
        }

        @Override
        public boolean isCounted() {
            return false;
        }
    }

    /** Of this owner, or of anybody in the group that he shares with. */
    record BelongsTo(String owner, String sharingGroup) implements JobCondition {
        @Override
        public boolean isCounted() {
            return true;
        }
    }

    /** A span of time; its end does not belong to it. */
    record Period(Instant start, Instant end) {}
}
