/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * What cloud-init does in a new instance: it makes an account without privileges, runs the pilot under it, and powers the instance
 * off. Written as JSON, which YAML includes.
 *
 * @see "cloud-init documentation: modules write_files, users, runcmd, power_state"
 */
final class CloudInit {

    /** Written to the console with the exit code behind it. */
    static final String END_OF_PILOT = "dirac-pilot ended with exit code";

    /** What Nova takes in base64. */
    private static final int MOST = 65_535;

    private static final String HOME = "/var/lib/dirac-pilot";
    private static final String ACCOUNT = "dirac";

    /** As root, so that the pilot's own files are its account's. The console gets the pilot's output, as cloud-init hands on that of commands. */
    private static final String START = """
            #!/bin/sh
            trap : TERM
            cd %1$s && chown -R %2$s: %1$s || exit 125
            setpriv --reuid=%2$s --regid=%2$s --init-groups env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=%1$s LANG=C.UTF-8 \\
                sh %1$s/dirac-pilot.sh < /dev/null
            code=$?
            echo
            echo "%3$s $code"
            """.formatted(HOME, ACCOUNT, END_OF_PILOT);

    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudInit() {}

    /** The user data in base64, as Nova takes it. */
    static String userData(String script, String secret, List<String> packages) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put(
                "users",
                List.of("default", Map.of("name", ACCOUNT, "homedir", HOME, "lock_passwd", true, "shell", "/bin/sh")));
        if (!packages.isEmpty()) {
            configuration.put("packages", packages);
        }
        configuration.put(
                "write_files",
                List.of(
                        file("dirac-pilot.sh", "0700", script),
                        file(PilotBootstrap.SECRET, "0600", secret),
                        file("start", "0700", START)));
        configuration.put("runcmd", List.of(List.of("sh", HOME + "/start")));
        configuration.put("power_state", Map.of("mode", "poweroff", "timeout", 30, "condition", true));
        try {
            String data = base64("#cloud-config\n" + JSON.writeValueAsString(configuration) + "\n");
            if (data.length() > MOST) {
                throw new ComputingElementFailure("What an instance is started with takes " + data.length()
                        + " bytes, Nova takes " + MOST + ": have fewer certificates in CAFile");
            }
            return data;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> file(String name, String permissions, String text) {
        return Map.of(
                "path", HOME + "/" + name, "permissions", permissions, "encoding", "b64", "content", base64(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
