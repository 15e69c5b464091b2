/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.job.boundary.JobSlice;
import org.junit.jupiter.api.Test;

class JobExportTest {

    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();

    private JobExport export() {
        return new JobExport(
                ExportFormat.NDJSON,
                slice(1),
                after -> slice(after.number() + 1),
                () -> {
                    if (checked.incrementAndGet() == 3) {
                        throw new InvalidToken("its session has ended");
                    }
                },
                ended::incrementAndGet);
    }

    private static JobSlice slice(long job) {
        return new JobSlice(List.of("JobID"), List.of(Map.of("JobID", Optional.of(job))), Optional.of(new JobId(job)));
    }

    @Test
    void endsWithTheSessionOfWhoBeganIt() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        export().write(body);

        assertThat(body.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .last()
                .asString()
                .contains("Incomplete", "its session has ended");
        assertThat(ended).hasValue(1);
    }

    @Test
    void isOverWhenItsReaderHasGone() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> export().write(gone)).isInstanceOf(IOException.class);
        assertThat(ended).hasValue(1);
    }
}
