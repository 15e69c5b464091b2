/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * What the configuration says about webhooks.
 *
 * @param configuration the snapshot it is read from
 */
public record WebhookSettings(Configuration configuration) {

    private static final String SERVICE = "Systems/WorkloadManagement/Services/Webhooks/";
    private static final String AGENT = "Systems/WorkloadManagement/Agents/WebhookAgent/";
    private static final String SOURCE = "DIRAC EE";

    private static final DeclaredOption<Integer> PER_USER = DeclaredOption.of(
            SERVICE + "PerUser", OptionType.smallNumber(0), "20", "Webhooks that a user may have in a VO.", SOURCE);
    private static final DeclaredOption<Boolean> ALLOW_PRIVATE_ADDRESSES = DeclaredOption.of(
            SERVICE + "AllowPrivateAddresses",
            OptionType.yesNo(),
            "no",
            "Whether webhooks may be in private networks, which this server can reach and their owners perhaps cannot.",
            SOURCE);
    private static final DeclaredOption<Boolean> ALLOW_LOOPBACK_HTTP = DeclaredOption.of(
            SERVICE + "AllowLoopbackHTTP",
            OptionType.yesNo(),
            "no",
            "Whether webhooks may be on this machine, also without TLS; for development.",
            SOURCE);
    private static final DeclaredOption<Integer> FAILURES_ALLOWED = DeclaredOption.of(
            SERVICE + "FailuresAllowed",
            OptionType.smallNumber(1),
            "20",
            "Tries that may fail in a row until a webhook is told nothing any more.",
            SOURCE);
    private static final DeclaredOption<Duration> KEPT = DeclaredOption.of(
            SERVICE + "DeliveriesKept",
            OptionType.duration(java.time.temporal.ChronoUnit.DAYS, 1),
            "7",
            "How long deliveries are shown after they ended.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING_TIME =
            DeclaredOption.of(AGENT + "PollingTime", OptionType.seconds(0), "5", "Pause between two cycles.", SOURCE);

    public int perUser() {
        return PER_USER.read(configuration);
    }

    public boolean allowPrivateAddresses() {
        return ALLOW_PRIVATE_ADDRESSES.read(configuration);
    }

    public boolean allowLoopbackHttp() {
        return ALLOW_LOOPBACK_HTTP.read(configuration);
    }

    public int failuresAllowed() {
        return FAILURES_ALLOWED.read(configuration);
    }

    public Duration deliveriesKept() {
        return KEPT.read(configuration);
    }

    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(
                    PER_USER, ALLOW_PRIVATE_ADDRESSES, ALLOW_LOOPBACK_HTTP, FAILURES_ALLOWED, KEPT, POLLING_TIME);
        }
    }
}
