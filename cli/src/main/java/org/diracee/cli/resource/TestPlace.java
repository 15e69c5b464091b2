/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Resources;
import org.diracee.client.wire.QueueTestRecord;
import org.diracee.client.wire.QueueTestStepRecord;
import org.diracee.client.wire.TestQueues;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tests the queues of a site or computing element, and tells of each step. */
@Command(
        name = "test",
        description =
                "Send a real pilot with a tiny job of its own to each queue, and tell of each step. The test goes on"
                        + " without this command; the same again follows it.")
public final class TestPlace implements Callable<Integer> {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_PARTS = 3;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SITE[/CE[/QUEUE]]", description = "What to test.")
    private Optional<String> place = Optional.empty();

    @Option(names = "--id", paramLabel = "N", description = "Follow the test of this number, or see how it ended.")
    private Optional<Long> id = Optional.empty();

    @Option(names = "--no-wait", description = "Begin and tell the numbers of the tests.")
    private boolean noWait;

    public TestPlace(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        Resources resources = new Resources(connection.client());
        List<QueueTestRecord> tests = new ArrayList<>();
        if (id.isPresent() == place.isPresent()) {
            throw CommandFailure.usage("Name what to test, as SITE, SITE/CE or SITE/CE/QUEUE, or a test by --id.");
        }
        if (id.isPresent()) {
            tests.add(resources.test(id.get()));
        } else {
            tests.addAll(resources.test(order(place.orElseThrow())));
        }
        if (!noWait) {
            Set<String> told = new HashSet<>();
            for (int index = 0; index < tests.size(); index++) {
                tests.set(index, follow(resources, tests.get(index), told));
            }
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), tests);
        } else if (noWait) {
            tests.forEach(test -> surroundings.out().println(test.id() + "\t" + where(test)));
        }
        return tests.stream().anyMatch(test -> test.failure().isPresent()) ? ExitCode.JOBS_FAILED : ExitCode.OK;
    }

    private static TestQueues order(String place) {
        List<String> parts = List.of(place.split("/", -1));
        if (parts.size() > MOST_PARTS || parts.contains("")) {
            throw CommandFailure.usage("'" + place + "': SITE, SITE/CE or SITE/CE/QUEUE is expected.");
        }
        return new TestQueues(
                parts.get(0),
                parts.size() > 1 ? Optional.of(parts.get(1)) : Optional.empty(),
                parts.size() > 2 ? Optional.of(parts.get(2)) : Optional.empty());
    }

    private QueueTestRecord follow(Resources resources, QueueTestRecord begun, Set<String> told)
            throws InterruptedException {
        QueueTestRecord now = begun;
        say("Test " + now.id() + " of " + where(now) + " for the VO " + now.vo()
                + now.jobId().map(job -> ", by job " + job).orElse(""));
        tell(now, told);
        while (now.ended().isEmpty()) {
            surroundings.pause().of(INTERVAL);
            now = resources.test(now.id());
            tell(now, told);
        }
        now.failure().ifPresent(failure -> say("FAILED: " + failure));
        if (now.failure().isEmpty()) {
            say("All went well.");
        }
        look(now);
        return now;
    }

    /** Tells of each step once. */
    private void tell(QueueTestRecord test, Set<String> told) {
        Instant before = test.started();
        for (QueueTestStepRecord step : test.steps()) {
            boolean over = step.state().equals(QueueTestStepRecord.DONE)
                    || step.state().equals(QueueTestStepRecord.FAILED);
            if (over && told.add(test.id() + step.step())) {
                Instant since = before;
                String took = step.at()
                        .map(at -> String.format(
                                java.util.Locale.ROOT,
                                "%7.1f s",
                                Math.max(0, Duration.between(since, at).toMillis()) / 1000.0))
                        .orElse("         ");
                say("  " + (step.state().equals(QueueTestStepRecord.DONE) ? "ok    " : "FAILED") + " " + took + "  "
                        + step.step() + step.detail().map(text -> ": " + text).orElse(""));
            }
            before = step.at().orElse(before);
        }
    }

    private void look(QueueTestRecord test) {
        if (test.failure().isPresent()) {
            test.pilot()
                    .ifPresent(stamp -> say("Look on with: dirac-ee pilot show " + stamp + ", pilot output " + stamp
                            + ", pilot logs " + stamp));
            test.jobId().ifPresent(job -> say("and: dirac-ee job show " + job + ", job explain " + job));
        }
    }

    private void say(String text) {
        if (connection.json()) {
            surroundings.say(text);
        } else {
            surroundings.out().println(Printable.text(text));
            surroundings.out().flush();
        }
    }

    private static String where(QueueTestRecord test) {
        return test.site() + "/" + test.ce() + "/" + test.queue();
    }
}
