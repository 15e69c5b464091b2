/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.wire.Webhook;

/**
 * A webhook as people read it.
 *
 * @param json whether programs read it
 */
record ShownWebhook(Surroundings surroundings, boolean json) {

    /** Of which job groups it is told. */
    static String subject(Webhook webhook) {
        String groups = webhook.jobGroup().map(group -> "group " + group).orElse("all groups");
        return webhook.wholeVo() ? groups + " of the VO" : groups;
    }

    int print(Webhook webhook) {
        if (json) {
            JsonOutput.print(surroundings.out(), webhook);
            return ExitCode.OK;
        }
        surroundings.out().println("Webhook " + webhook.id());
        line("Address", webhook.url());
        line("Told of", subject(webhook));
        line(
                "Enabled",
                webhook.enabled()
                        ? "yes"
                        : "no" + webhook.reason().map(reason -> ": " + reason).orElse(""));
        line("Failures", webhook.failures() + " since the last success");
        line("Made", new Times(surroundings.clock().getZone(), surroundings.terminal()).text(webhook.created()));
        return ExitCode.OK;
    }

    private void line(String name, String value) {
        surroundings.out().println("  %-10s%s".formatted(name, Printable.text(value)));
    }
}
