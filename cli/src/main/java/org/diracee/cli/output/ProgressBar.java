/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.output;

import java.util.Locale;
import org.diracee.cli.Surroundings;
import org.diracee.client.TransferProgress;

/** One line for a person that shows how far all transfers of a command are together; nobody else sees it. */
public final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final int CLEARED_WIDTH = 79;
    private static final double MEGABYTE = 1_000_000;

    private final Surroundings surroundings;
    private final String what;
    private long done;
    private long total;
    private long shownPercent = -1;

    /** @param what is done, as in {@code Uploading} */
    public ProgressBar(Surroundings surroundings, String what) {
        this.surroundings = surroundings;
        this.what = what;
    }

    /** The part of one transfer. */
    public TransferProgress transfer() {
        long[] before = {0, 0};
        return (now, all) -> {
            synchronized (this) {
                done += now - before[0];
                total += all - before[1];
                before[0] = now;
                before[1] = all;
                show();
            }
        };
    }

    /** The bar alone. */
    public static String bar(long done, long total) {
        int filled = total <= 0 ? 0 : (int) Math.min(WIDTH, done * WIDTH / total);
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "]";
    }

    private void show() {
        long percent = total <= 0 ? 0 : Math.min(100, done * 100 / total);
        if (surroundings.liveProgress() && percent != shownPercent) {
            shownPercent = percent;
            print(String.format(
                    Locale.ROOT,
                    "%s %s %3d %%, %.1f of %.1f MB",
                    what,
                    bar(done, total),
                    percent,
                    done / MEGABYTE,
                    total / MEGABYTE));
        }
    }

    private void print(String text) {
        surroundings.err().print("\r" + text + " ".repeat(Math.max(0, CLEARED_WIDTH - text.length())));
        surroundings.err().flush();
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (shownPercent >= 0) {
            print("");
            surroundings.err().print("\r");
            surroundings.err().flush();
        }
    }
}
