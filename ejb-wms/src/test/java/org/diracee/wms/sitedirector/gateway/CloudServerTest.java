/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "BUILD, Waiting",
        "ACTIVE, Running",
        "REBOOT, Running",
        "PAUSED, Running",
        "SHUTOFF, Vanished",
        "ERROR, Vanished",
        "DELETED, Vanished",
        "UNKNOWN, Unknown"
    })
    void theStatusIsMapped(String status, String process) throws IOException {
        assertThat(server(status).process("").getClass().getSimpleName()).isEqualTo(process);
    }

    @Test
    void theConsoleTellsHowThePilotEnded() throws IOException {
        assertThat(server("SHUTOFF").process("boot\ndirac-pilot ended with exit code 7\n[ 9.1] reboot: Power down\n"))
                .isEqualTo(new PilotProcess.Ended(
                        7, "boot | dirac-pilot ended with exit code 7 | [ 9.1] reboot: Power down"));
    }

    @Test
    void novasFaultIsTheReason() throws IOException {
        assertThat(server("ERROR").process(""))
                .isEqualTo(new PilotProcess.Vanished("The instance is in ERROR: No valid host was found.", ""));
    }

    @Test
    void cloudInitGetsTheSecretInAFileOnly() throws IOException {
        String data = new String(
                Base64.getDecoder().decode(CloudInit.userData("#!/bin/sh\ntrue\n", "one-time-secret", List.of("curl"))),
                StandardCharsets.UTF_8);
        assertThat(data).startsWith("#cloud-config\n").doesNotContain("one-time-secret");
        JsonNode configuration = JSON.readTree(data.substring(data.indexOf('\n')));
        JsonNode secret = configuration.path("write_files").get(1);
        assertThat(secret.path("permissions").asText()).isEqualTo("0600");
        assertThat(new String(Base64.getDecoder().decode(secret.path("content").asText()), StandardCharsets.UTF_8))
                .isEqualTo("one-time-secret");
        assertThat(configuration.path("power_state").path("mode").asText()).isEqualTo("poweroff");
        assertThat(configuration.path("packages").get(0).asText()).isEqualTo("curl");
    }

    private static CloudServer server(String status) throws IOException {
        return CloudServer.of(JSON.readTree("{\"id\":\"i\",\"status\":\"" + status
                + "\",\"created\":\"2026-01-01T00:00:00Z\",\"metadata\":{\"dirac_stamp\":\"aa\"},"
                + "\"fault\":{\"message\":\"No valid host was found.\"}}"));
    }
}
