/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about operations on data.
 *
 * @param configuration the snapshot it is read from
 */
public record DataSettings(Configuration configuration) {

    private static final String AGENT = "Systems/DataManagement/Agents/DataOperationAgent/";
    private static final String SOURCE = "DIRAC EE";

    private static final DeclaredOption<List<SeName>> UPLOAD_SES = DeclaredOption.of(
            "Operations/{vo}/DataManagement/UploadSEs",
            OptionType.listOf(OptionType.value("the name of a storage element", SeName::new)),
            "",
            "Where uploads go that name no storage element: the first that takes them.",
            SOURCE);
    private static final DeclaredOption<Duration> UPLOAD_LIFE = DeclaredOption.of(
            "Operations/{vo}/DataManagement/UploadLifetime",
            OptionType.seconds(60),
            "86400",
            "How long an upload may take from its announcement to its commit; afterwards it is cleaned up.",
            SOURCE);
    private static final DeclaredOption<Duration> OPERATION_LIFE = DeclaredOption.of(
            "Operations/{vo}/DataManagement/OperationLifetime",
            OptionType.seconds(60),
            "604800",
            "How long replications and removals are tried again while a storage element is away.",
            SOURCE);
    private static final DeclaredOption<Duration> LATE = DeclaredOption.of(
            "Operations/{vo}/DataManagement/LateTransfers",
            OptionType.seconds(0),
            "3600",
            "How long after a leave to write has expired a transfer that it began may still go on; then what it left is removed.",
            SOURCE);
    private static final DeclaredOption<Integer> AT_A_TIME = DeclaredOption.of(
            AGENT + "MaxConcurrent",
            OptionType.smallNumber(1),
            "8",
            "How many replications, removals and clean-ups each node does at a time.",
            SOURCE);
    private static final DeclaredOption<Duration> RETENTION = DeclaredOption.of(
            AGENT + "Retention",
            OptionType.seconds(3600),
            "2592000",
            "How long operations are kept after their end.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING = DeclaredOption.of(
            AGENT + "PollingTime",
            OptionType.seconds(0),
            "60",
            "Pause between two cycles, each of which forgets ended operations; nodes look for work every few seconds.",
            SOURCE);

    /** The storage elements that take uploads that name none, in their order. */
    public List<SeName> uploadSes(VoName vo) {
        return UPLOAD_SES.read(configuration, vo);
    }

    public Duration uploadLife(VoName vo) {
        return UPLOAD_LIFE.read(configuration, vo);
    }

    public Duration operationLife(VoName vo) {
        return OPERATION_LIFE.read(configuration, vo);
    }

    public Duration late(VoName vo) {
        return LATE.read(configuration, vo);
    }

    public int atATime() {
        return AT_A_TIME.read(configuration);
    }

    public Duration retention() {
        return RETENTION.read(configuration);
    }

    public Duration pollingTime() {
        return POLLING.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(UPLOAD_SES, UPLOAD_LIFE, OPERATION_LIFE, LATE, AT_A_TIME, RETENTION, POLLING);
        }
    }
}
