/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.entity.ChangeFilter;
import org.diracee.wms.feed.entity.ChangeSlice;
import org.diracee.wms.feed.entity.FeedCursor;
import org.diracee.wms.feed.entity.LoggedChange;
import org.junit.jupiter.api.Test;

class ChangeWindowTest {

    private static final Instant NOW = Instant.parse("2026-11-26T22:00:00Z");

    private final ChangeWindow window = new ChangeWindow();

    @Test
    void knowsNothingUntilItIsBegun() {
        window.add(slice(1, 5));

        assertThat(window.after(cursor(0), ChangeFilter.ALL, 10)).isEmpty();
        assertThat(window.end()).isEmpty();
    }

    @Test
    void answersWhatFollowsAPlaceAndNothingFromBeforeItBegan() {
        window.begin(cursor(10));
        window.add(slice(11, 20));

        assertThat(ids(window.after(cursor(15), ChangeFilter.ALL, 100).orElseThrow()))
                .containsExactly(16L, 17L, 18L, 19L, 20L);
        assertThat(ids(window.after(cursor(10), ChangeFilter.ALL, 100).orElseThrow()))
                .hasSize(10);
        assertThat(window.after(cursor(9), ChangeFilter.ALL, 100)).isEmpty();
    }

    @Test
    void aLimitLeavesTheRestForTheNextReading() {
        window.begin(cursor(0));
        window.add(slice(1, 5));

        ChangeSlice first = window.after(cursor(0), ChangeFilter.ALL, 2).orElseThrow();
        assertThat(ids(first)).containsExactly(1L, 2L);
        assertThat(first.isAll()).isFalse();
        assertThat(ids(window.after(first.next(), ChangeFilter.ALL, 100).orElseThrow()))
                .containsExactly(3L, 4L, 5L);
    }

    @Test
    void whoIsAheadStaysWhereHeIs() {
        window.begin(cursor(0));
        window.add(slice(1, 5));

        assertThat(window.after(cursor(9), ChangeFilter.ALL, 10).orElseThrow())
                .isEqualTo(new ChangeSlice(List.of(), cursor(9), true));
    }

    @Test
    void keepsTheNewestAndSendsWhoIsBehindToTheDatabase() {
        window.begin(cursor(0));
        window.add(slice(1, ChangeWindow.MOST));
        window.add(slice(ChangeWindow.MOST + 1, ChangeWindow.MOST + 10));

        assertThat(window.after(cursor(9), ChangeFilter.ALL, 10)).isEmpty();
        assertThat(ids(window.after(cursor(10), ChangeFilter.ALL, 1).orElseThrow()))
                .containsExactly(11L);
    }

    private static ChangeSlice slice(long first, long last) {
        return new ChangeSlice(
                LongStream.rangeClosed(first, last)
                        .mapToObj(number -> new LoggedChange(
                                cursor(number),
                                new JobId(number),
                                new VoName("demo"),
                                new UserName("alice"),
                                new GroupName("users"),
                                "reco",
                                JobStatus.RUNNING,
                                "m",
                                "a",
                                NOW,
                                "test"))
                        .toList(),
                cursor(last),
                true);
    }

    private static List<Long> ids(ChangeSlice slice) {
        return slice.changes().stream().map(change -> change.job().number()).toList();
    }

    private static FeedCursor cursor(long transaction) {
        return new FeedCursor(transaction, 1, NOW);
    }
}
