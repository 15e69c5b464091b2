/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.feed.entity.ChangeFilter;
import org.diracee.wms.feed.entity.ChangeSlice;
import org.diracee.wms.feed.entity.FeedCursor;
import org.diracee.wms.feed.entity.LoggedChange;
import org.jspecify.annotations.Nullable;

/** The newest changes, kept on this node for all who listen; at most {@value #MOST}. */
@ApplicationScoped
public class ChangeWindow {

    static final int MOST = 20_000;

    private volatile @Nullable Kept kept;
    private volatile @Nullable FeedCursor pilots;

    /** Up to where the log was read; nothing if nobody reads it. */
    public Optional<FeedCursor> end() {
        return Optional.ofNullable(kept).map(Kept::end);
    }

    /** Begins anew behind this place. */
    public void begin(FeedCursor from) {
        kept = new Kept(from, List.of(), from);
        pilots = from;
    }

    /** The newest change of a pilot that is known of, or where reading began; nothing if nobody reads. */
    public Optional<FeedCursor> pilotsEnd() {
        return Optional.ofNullable(pilots);
    }

    /** Knows of a newer change of a pilot from now on, unless nobody listens any more. */
    public FeedCursor notePilots(FeedCursor newest) {
        if (pilots != null) {
            pilots = newest;
        }
        return newest;
    }

    /** Whether a pilot may have changed behind the place. */
    public boolean hasPilotsBehind(FeedCursor place) {
        return pilotsEnd().map(place::isBefore).orElse(true);
    }

    /** Adds what followed the end. Called by one thread at a time. */
    public void add(ChangeSlice slice) {
        Kept before = kept;
        if (before == null) {
            return; // nobody listens any more
        }
        if (slice.changes().isEmpty()) {
            kept = new Kept(before.start(), before.changes(), slice.next());
            return;
        }
        List<LoggedChange> changes = new ArrayList<>(before.changes());
        changes.addAll(slice.changes());
        int tooMany = Math.max(0, changes.size() - MOST);
        FeedCursor start =
                tooMany == 0 ? before.start() : changes.get(tooMany - 1).cursor();
        kept = new Kept(start, List.copyOf(changes.subList(tooMany, changes.size())), slice.next());
    }

    /** Keeps nothing until it is begun anew. */
    public void clear() {
        kept = null;
        pilots = null;
    }

    /** The changes that follow, if all of them are here. */
    public Optional<ChangeSlice> after(FeedCursor place, ChangeFilter filter, int limit) {
        Kept now = kept;
        if (now == null || place.isBefore(now.start())) {
            return Optional.empty();
        }
        List<LoggedChange> found = new ArrayList<>();
        for (LoggedChange change :
                now.changes().subList(now.firstBehind(place), now.changes().size())) {
            if (filter.wants(change)) {
                found.add(change);
                if (found.size() == limit) {
                    return Optional.of(new ChangeSlice(found, change.cursor(), false));
                }
            }
        }
        return Optional.of(new ChangeSlice(found, place.isBefore(now.end()) ? now.end() : place, true));
    }

    private record Kept(FeedCursor start, List<LoggedChange> changes, FeedCursor end) {

        int firstBehind(FeedCursor place) {
            int low = 0;
            int high = changes.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (place.isBefore(changes.get(middle).cursor())) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
