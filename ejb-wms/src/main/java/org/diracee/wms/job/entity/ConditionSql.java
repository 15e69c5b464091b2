/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.util.ArrayList;
import java.util.List;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.wms.job.entity.JobCondition.Before;
import org.diracee.wms.job.entity.JobCondition.BelongsTo;
import org.diracee.wms.job.entity.JobCondition.NotBefore;
import org.diracee.wms.job.entity.JobCondition.NumberCompared;
import org.diracee.wms.job.entity.JobCondition.Numbers;
import org.diracee.wms.job.entity.JobCondition.OfPilots;
import org.diracee.wms.job.entity.JobCondition.Period;
import org.diracee.wms.job.entity.JobCondition.TextCompared;
import org.diracee.wms.job.entity.JobCondition.Texts;
import org.diracee.wms.job.entity.JobCondition.Truth;
import org.diracee.wms.job.entity.JobCondition.Within;

/** Writes conditions as SQL: column names from {@link JobColumn}, everything else as question marks and bound values. */
final class ConditionSql {

    private final List<JobCondition> conditions;

    ConditionSql(List<JobCondition> conditions) {
        this.conditions = conditions;
    }

    /** The text after {@code where}. */
    String text() {
        if (conditions.isEmpty()) {
            return "true";
        }
        List<String> parts = new ArrayList<>();
        conditions.forEach(condition -> parts.add(text(condition)));
        return String.join(" and ", parts);
    }

    /** Binds the values in the order of the text. */
    SqlStatement bind(SqlStatement statement) {
        conditions.forEach(condition -> bind(statement, condition));
        return statement;
    }

    private static String text(JobCondition condition) {
        if (condition instanceof Texts texts) {
            return membership(texts.column(), texts.values().size(), texts.negated());
        } else if (condition instanceof TextCompared compared) {
            return compared.column().sqlName() + " " + compared.comparison().sql() + " ?";
        } else if (condition instanceof Numbers numbers) {
            return membership(numbers.column(), numbers.values().size(), numbers.negated());
        } else if (condition instanceof NumberCompared compared) {
            return compared.column().sqlName() + (compared.above() ? " > ?" : " < ?");
        } else if (condition instanceof Truth truth) {
            return truth.column().sqlName() + " = ?";
        } else if (condition instanceof Within within) {
            return within(within);
        } else if (condition instanceof NotBefore notBefore) {
            return notBefore.column().sqlName() + " >= ?";
        } else if (condition instanceof Before before) {
            return before.column().sqlName() + " < ?";
        } else if (condition instanceof OfPilots) {
            return "id in (select job_id from wms.pilot_job where pilot_stamp = any(?))";
        } else if (condition instanceof BelongsTo) {
            return "(owner = ? or owner_group = ?)";
        }
        throw new IllegalStateException("No SQL for " + condition.getClass().getSimpleName());
    }

    /** One value compares plainly, because only then an index also gives the order by id. */
    private static String membership(JobColumn column, int values, boolean negated) {
        if (values == 1) {
            return column.sqlName() + (negated ? " <> ?" : " = ?");
        }
        return column.sqlName() + (negated ? " <> all(?)" : " = any(?)");
    }

    private static String within(Within within) {
        String name = within.column().sqlName();
        if (within.periods().isEmpty()) {
            return within.negated() ? "true" : "false";
        }
        List<String> periods = new ArrayList<>();
        within.periods().forEach(period -> periods.add("(" + name + " >= ? and " + name + " < ?)"));
        return (within.negated() ? "not (" : "(") + String.join(" or ", periods) + ")";
    }

    private static void bind(SqlStatement statement, JobCondition condition) {
        if (condition instanceof Texts texts) {
            if (texts.values().size() == 1) {
                statement.text(texts.values().get(0));
            } else {
                statement.texts(texts.values());
            }
        } else if (condition instanceof TextCompared compared) {
            statement.text(compared.value());
        } else if (condition instanceof Numbers numbers) {
            if (numbers.values().size() == 1) {
                statement.number(numbers.values().get(0).longValue());
            } else {
                statement.numbers(numbers.values());
            }
        } else if (condition instanceof NumberCompared compared) {
            statement.number(compared.value());
        } else if (condition instanceof Truth truth) {
            statement.truth(truth.value());
        } else if (condition instanceof Within within) {
            for (Period period : within.periods()) {
                statement.instant(period.start()).instant(period.end());
            }
        } else if (condition instanceof NotBefore notBefore) {
            statement.instant(notBefore.time());
        } else if (condition instanceof Before before) {
            statement.instant(before.time());
        } else if (condition instanceof OfPilots pilots) {
            statement.texts(pilots.stamps());
        } else if (condition instanceof BelongsTo belongs) {
            statement.text(belongs.owner()).text(belongs.sharingGroup());
        }
    }
}
