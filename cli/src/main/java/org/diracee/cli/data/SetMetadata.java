/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes metadata on files or directories. */
@Command(name = "set", description = "Write values on a file or directory, over what is there; all of them or none.")
public final class SetMetadata extends LfnCommand {

    @Parameters(
            index = "0",
            paramLabel = LFN,
            description = "A file or directory; - reads several from the standard input.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE", description = "What to write.")
    private List<String> values = List.of();

    public SetMetadata(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw CommandFailure.usage("'" + value + "' is no NAME=VALUE.");
            }
            wanted.put(value.substring(0, equals), value.substring(equals + 1));
        }
        return call(
                names(List.of(name)),
                lfns -> {
                    Map<String, Map<String, String>> each = new LinkedHashMap<>();
                    lfns.forEach(lfn -> each.put(lfn, wanted));
                    return metadata().set(each);
                },
                done -> {
                    Map<String, String> outcomes = new LinkedHashMap<>();
                    done.forEach((lfn, count) -> outcomes.put(
                            lfn, "has " + count + (count == 1 ? " value" : " values") + " written on it."));
                    changed(outcomes);
                });
    }
}
