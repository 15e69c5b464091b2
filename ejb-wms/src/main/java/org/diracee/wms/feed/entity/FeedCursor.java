/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the job log, behind a row or behind all rows of a transaction.
 *
 * @param at about when the log was there; tells whether what follows is still kept
 */
public record FeedCursor(long transaction, long sequence, Instant at) implements Comparable<FeedCursor> {

    /** Before all that is kept. */
    public static final FeedCursor OLDEST = new FeedCursor(0, 0, Instant.MAX);

    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,12})-([0-9a-z]{1,12})-([0-9a-z]{1,7})");
    private static final int RADIX = 36;
    private static final Comparator<FeedCursor> ORDER =
            Comparator.comparingLong(FeedCursor::transaction).thenComparingLong(FeedCursor::sequence);

    /** Nothing if no answer ever named it. */
    public static Optional<FeedCursor> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new FeedCursor(
                        Long.parseLong(parts.group(1), RADIX),
                        Long.parseLong(parts.group(2), RADIX),
                        Instant.ofEpochSecond(Long.parseLong(parts.group(3), RADIX))))
                : Optional.empty();
    }

    /** What clients keep; it means nothing to them. */
    public String text() {
        return Long.toString(transaction, RADIX) + "-" + Long.toString(sequence, RADIX) + "-"
                + Long.toString(at.getEpochSecond(), RADIX);
    }

    public boolean isBefore(FeedCursor other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(FeedCursor other) {
        return ORDER.compare(this, other);
    }
}
