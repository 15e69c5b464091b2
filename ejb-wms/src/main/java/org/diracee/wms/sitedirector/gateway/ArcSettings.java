/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.sitedirector.gateway.PilotSettings.of;
import static org.diracee.wms.sitedirector.gateway.PilotSettings.path;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;

/** Options of an ARC computing element beside those of its pilots and of what it knows us by. */
@ApplicationScoped
public class ArcSettings implements DeclaredOptions {

    private static final String SOURCE = "WMS reference 16";
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_WAIT = 50;

    /** As DIRAC's configurations call queues: the batch system stands before the queue. */
    private static final Pattern OLD_QUEUE = Pattern.compile("nordugrid-[^-]+-(.+)");

    /** Also that of HTCondor-CEs, as an option is declared once. */
    static final DeclaredOption<Integer> PORT = DeclaredOption.of(
            path("Port"),
            OptionType.wholeNumber(1, HIGHEST_PORT).as(Long::intValue),
            "The port of A-REX (CEType AREX), by default 443, or of the CE's collector (CEType HTCondorCE), by default 9619.",
            SOURCE);

    private static final int USUAL_PORT = 443;
    private static final DeclaredOption<Integer> TIMEOUT = DeclaredOption.of(
            path("Timeout"),
            OptionType.wholeNumber(1, LONGEST_WAIT).in("s").as(Long::intValue),
            "20",
            "How long an answer of A-REX is waited for (CEType AREX).",
            SOURCE);
    private static final DeclaredOption<String> QUEUE = DeclaredOption.of(
            path("Queue"),
            OptionType.text(),
            "What A-REX calls the queue (CEType AREX), also as nordugrid-<batch system>-<queue>; by default the queue's name.",
            SOURCE);
    private static final DeclaredOption<Duration> PROXY_TIME_LEFT = DeclaredOption.of(
            path("ProxyTimeLeftBeforeRenewal"),
            OptionType.seconds(1),
            "10800",
            "A proxy that was delegated to A-REX is renewed when it is good for less (CEType AREX).",
            SOURCE);
    private static final DeclaredOption<String> XRSL_EXTRA = DeclaredOption.of(
            path("XRSLExtraString"),
            OptionType.text(),
            "More attributes of the job description, in xRSL (CEType AREX).",
            SOURCE);
    private static final DeclaredOption<String> XRSL_MP_EXTRA = DeclaredOption.of(
            path("XRSLMPExtraString"),
            OptionType.text(),
            "More of them for pilots with several processors (CEType AREX).",
            SOURCE);

    /** Host and port. */
    String address(CeQueue queue) {
        return queue.slot().computingElement() + ":" + of(queue, PORT).orElse(USUAL_PORT);
    }

    Duration timeout(CeQueue queue) {
        return Duration.ofSeconds(standing(queue, TIMEOUT));
    }

    String queueName(CeQueue queue) {
        return OLD_QUEUE.matcher(of(queue, QUEUE).orElse(queue.slot().queue())).replaceFirst("$1");
    }

    Duration proxyTimeLeft(CeQueue queue) {
        return standing(queue, PROXY_TIME_LEFT);
    }

    /** What is added to the description, for as many processors as the queue's pilots have. */
    String xrsl(CeQueue queue) {
        String always = of(queue, XRSL_EXTRA).orElse("");
        return queue.processors().orElse(1) > 1 ? of(queue, XRSL_MP_EXTRA).orElse("") + always : always;
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(PORT, TIMEOUT, QUEUE, PROXY_TIME_LEFT, XRSL_EXTRA, XRSL_MP_EXTRA);
    }

    private static <T> T standing(CeQueue queue, DeclaredOption<T> option) {
        return of(queue, option).or(option::standardValue).orElseThrow();
    }
}
