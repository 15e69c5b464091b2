/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** The example of the specification's own libraries. */
    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(WebhookSignature.headers(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}"))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secretsHaveTheLengthThatIsAskedFor() {
        String secret = WebhookSignature.newSecret();

        assertThat(secret).startsWith("whsec_").isNotEqualTo(WebhookSignature.newSecret());
        assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    }

    @Test
    void triesAgainForThreeDays() {
        Duration all = Duration.ZERO;
        int attempts = 1;
        while (RetrySchedule.pauseAfter(attempts).isPresent()) {
            all = all.plus(RetrySchedule.pauseAfter(attempts).get());
            attempts++;
        }
        assertThat(attempts).isEqualTo(10);
        assertThat(all).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    }
}
