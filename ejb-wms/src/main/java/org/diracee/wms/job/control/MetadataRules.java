/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;

/**
 * What may be set on a job by name: some of its columns, and parameters under any name that is no column.
 *
 * @see "DiracX REST reference 7, PATCH /metadata"
 */
public final class MetadataRules {

    private static final Set<String> FIXED = Set.of(
            "JobID",
            "ClientRef",
            "Owner",
            "OwnerGroup",
            "VO",
            "Status",
            "SubmissionTime",
            "RescheduleTime",
            "LastUpdateTime",
            "StartExecTime",
            "EndExecTime",
            "RescheduleCounter",
            "VerifiedFlag",
            "AccountedFlag");

    /** Parameters whose values are whole numbers, though some clients give a fraction. */
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("CPUNormalizationFactor", "NormCPUTime(s)", "TotalCPUTime(s)");

    private static final int DIGITS = 30;

    private static final Instant FIRST_TIME = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant AFTER_LAST_TIME = Instant.parse("2101-01-01T00:00:00Z");

    private static final Set<Column> NAMED = Set.of(Column.JOB_GROUP, Column.JOB_TYPE, Column.SITE);

    private MetadataRules() {}

    /** A column of a job that callers may set. */
    public enum Column {
        APPLICATION_STATUS("ApplicationStatus", "application_status", JobLimits.APPLICATION_STATUS_LENGTH),
        HEART_BEAT_TIME("HeartBeatTime", "heart_beat_time", 64),
        JOB_GROUP("JobGroup", "job_group", 32),
        JOB_NAME("JobName", "job_name", 128),
        JOB_TYPE("JobType", "job_type", 32),
        MINOR_STATUS("MinorStatus", "minor_status", JobLimits.MINOR_STATUS_LENGTH),
        SITE("Site", "site", 100),
        USER_PRIORITY("UserPriority", "user_priority", 11);

        private final String wireName;
        private final String sql;
        private final int length;

        Column(String wireName, String sql, int length) {
            this.wireName = wireName;
            this.sql = sql;
            this.length = length;
        }

        public String wireName() {
            return wireName;
        }

        /** Name in the table. */
        public String sql() {
            return sql;
        }
    }

    /** What a caller wants to set on one job. */
    public record Metadata(Map<Column, String> columns, Map<String, String> parameters) {}

    /** @throws InvalidRequest if a name cannot be set or a value is of no use */
    public static Metadata read(JobId job, Map<String, String> values) {
        Map<Column, String> columns = new EnumMap<>(Column.class);
        Map<String, String> parameters = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Optional<Column> column = Arrays.stream(Column.values())
                    .filter(known -> known.wireName.equals(name))
                    .findFirst();
            if (column.isPresent()) {
                columns.put(column.get(), columnValue(job, column.get(), value));
            } else if (FIXED.contains(name)) {
                throw wrong(
                        job,
                        name,
                        "cannot be set here; of the columns of a job these can: "
                                + Arrays.stream(Column.values())
                                        .map(Column::wireName)
                                        .collect(Collectors.joining(", "))
                                + (name.equals("Status") ? ". A status is reported, not set" : ""));
            } else {
                parameters.put(name, parameterValue(job, name, value));
            }
        });
        return new Metadata(columns, parameters);
    }

    private static String columnValue(JobId job, Column column, String value) {
        if (column == Column.USER_PRIORITY && !value.matches("[0-9]|10")) {
            throw wrong(job, column.wireName(), "is '" + value + "'; it must be a whole number from 0 to 10");
        }
        if (NAMED.contains(column) && value.isBlank()) {
            throw wrong(job, column.wireName(), "is empty; it must have a value");
        }
        if (column == Column.HEART_BEAT_TIME) {
            return time(job, column.wireName(), value);
        }
        return JobLimits.text(field(job, column.wireName()), value, column.length);
    }

    private static String time(JobId job, String name, String value) {
        try {
            Instant time = OffsetDateTime.parse(value.replace(' ', 'T')).toInstant();
            if (!time.isBefore(FIRST_TIME) && time.isBefore(AFTER_LAST_TIME)) {
                return time.toString();
            }
        } catch (DateTimeException noTime) {
            // told below
        }
        throw wrong(
                job,
                name,
                "is '" + value + "'; it must be an ISO 8601 time with its offset, of the years 2000 to 2100");
    }

    private static String parameterValue(JobId job, String name, String value) {
        if (name.isBlank()) {
            throw wrong(job, "''", "a parameter needs a name");
        }
        JobLimits.text("The name of a parameter of job " + job, name, JobLimits.PARAMETER_NAME_LENGTH);
        JobLimits.text(field(job, name), value, JobLimits.PARAMETER_LENGTH);
        if (WHOLE_NUMBERS.contains(name)) {
            return wholeNumber(job, name, value);
        }
        return value;
    }

    private static String wholeNumber(JobId job, String name, String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            // written out, a short text with an exponent may fill the memory
            if (number.precision() <= DIGITS && Math.abs(number.scale()) <= DIGITS) {
                return number.setScale(0, RoundingMode.DOWN).toPlainString();
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw wrong(job, name, "is '" + value + "'; it must be a number of at most " + DIGITS + " digits");
    }

    private static InvalidRequest wrong(JobId job, String name, String what) {
        FieldError error = new FieldError(field(job, name), what);
        return new InvalidRequest(ErrorCode.INVALID_REQUEST, error.field() + " " + error.message(), List.of(error));
    }

    private static String field(JobId job, String name) {
        return job + "." + name;
    }
}
