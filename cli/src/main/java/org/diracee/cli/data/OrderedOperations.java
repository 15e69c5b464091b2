/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.DataManager;
import org.diracee.client.Files;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.DataOperationRecord;
import org.diracee.client.wire.LfnAnswer;
import picocli.CommandLine.Option;

/** A command that has something done by the server, and waits until it is done. */
abstract class OrderedOperations extends LfnCommand {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Option(
            names = "--no-wait",
            description = "Do not wait until it is done: dirac-ee data operations tells how far it is.")
    private boolean noWait;

    OrderedOperations(Surroundings surroundings) {
        super(surroundings);
    }

    final DataManager data() {
        return new DataManager(client());
    }

    final boolean waits() {
        return !noWait;
    }

    /**
     * What a program is told.
     *
     * @param success the operations of each file
     * @param operations what became of them; none if they are not waited for
     */
    record Ordered(
            Map<String, List<Long>> success,
            Map<String, BulkAnswer.FailedItem> failed,
            List<DataOperationRecord> operations) {}

    /** @param done what is said of a file when it is done */
    final int order(List<String> lfns, Function<List<String>, LfnAnswer<List<Long>>> request, String done)
            throws InterruptedException {
        LfnAnswer<List<Long>> answer = LfnAnswer.inParts(lfns, Files.MOST, request);
        Map<String, List<Long>> ordered = answer.success();
        int code = told(answer.failed());
        Map<String, String> outcomes = new LinkedHashMap<>();
        boolean failed = false;
        Map<Long, DataOperationRecord> ended = noWait ? Map.of() : ended(ordered);
        for (Map.Entry<String, List<Long>> file : ordered.entrySet()) {
            boolean whole = true;
            for (long id : file.getValue()) {
                DataOperationRecord operation = ended.get(id);
                if (operation == null && !noWait) {
                    whole = false;
                    surroundings()
                            .say(Printable.text(
                                    file.getKey() + " is being removed by the operation " + id + " of another user"));
                } else if (operation != null && !operation.state().equals("Done")) {
                    whole = false;
                    surroundings()
                            .say(Printable.text(file.getKey() + " at " + operation.se() + " "
                                    + operation.state().toLowerCase(Locale.ROOT)
                                    + operation.failure().map(why -> ": " + why).orElse("")));
                }
            }
            if (whole) {
                outcomes.put(file.getKey(), noWait ? "is ordered" : done);
            }
            failed |= !whole;
        }
        if (json()) {
            JsonOutput.print(surroundings().out(), new Ordered(ordered, answer.failed(), List.copyOf(ended.values())));
        } else {
            changed(outcomes);
        }
        return failed ? ExitCode.JOBS_FAILED : code;
    }

    private Map<Long, DataOperationRecord> ended(Map<String, List<Long>> ordered) throws InterruptedException {
        Map<Long, DataOperationRecord> ended = new LinkedHashMap<>();
        Set<Long> open = new TreeSet<>();
        Set<Long> told = new TreeSet<>();
        ordered.values().forEach(open::addAll);
        while (!open.isEmpty()) {
            List<DataOperationRecord> found = data().operations(List.copyOf(open));
            // another's, who wants the same: he alone is told of it
            open.retainAll(found.stream().map(DataOperationRecord::id).collect(Collectors.toSet()));
            for (DataOperationRecord operation : found) {
                if (operation.ended().isPresent()) {
                    ended.put(operation.id(), operation);
                    open.remove(operation.id());
                } else if (operation.failure().isPresent() && told.add(operation.id())) {
                    surroundings()
                            .say(Printable.text(operation.lfn() + " at " + operation.se() + " is tried again: "
                                    + operation.failure().get()));
                }
            }
            if (!open.isEmpty()) {
                surroundings().pause().of(PAUSE);
            }
        }
        return ended;
    }
}
