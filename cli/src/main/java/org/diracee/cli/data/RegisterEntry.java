/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.AddReplica;
import org.diracee.client.wire.RegisterFiles.RegisterFile;
import org.diracee.client.wire.RegisteredFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a file that lies at storage elements already, or further replicas of one. */
@Command(
        name = "register",
        description =
                "Register a file that lies at storage elements already. Without --size: register further replicas of a file"
                        + " that is registered. Nothing is transferred or looked at.")
public final class RegisterEntry extends LfnCommand {

    @Parameters(paramLabel = LFN, description = "The file.")
    private String lfn = "";

    @Option(
            names = "--se",
            paramLabel = "SE[=PFN]",
            required = true,
            description =
                    "Where it lies, and under which name there if that is not the LFN. Repeatable; the first is the master.")
    private List<String> places = List.of();

    @Option(names = "--size", paramLabel = "BYTES", description = "How large it is.")
    private @Nullable Long size;

    @Option(names = "--adler32", paramLabel = "SUM", description = "Its checksum, eight hexadecimal digits.")
    private Optional<String> adler32 = Optional.empty();

    @Option(names = "--sha256", paramLabel = "SUM", description = "Its checksum, 64 hexadecimal digits.")
    private Optional<String> sha256 = Optional.empty();

    @Option(names = "--guid", paramLabel = "GUID", description = "Its GUID; one is made unless given.")
    private Optional<UUID> guid = Optional.empty();

    @Option(names = "--mode", paramLabel = "MODE", description = "Three octal digits, as of chmod.")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = "--ancestor",
            paramLabel = LFN,
            description = "A registered file that this one was made of. Repeatable.")
    private List<String> ancestors = List.of();

    public RegisterEntry(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        List<AddReplica> replicas = places.stream().map(RegisterEntry::replica).toList();
        Long bytes = size;
        if (bytes == null) {
            if (adler32.isPresent()
                    || sha256.isPresent()
                    || guid.isPresent()
                    || mode.isPresent()
                    || !ancestors.isEmpty()) {
                throw CommandFailure.usage("A new file needs --size; without it only --se counts.");
            }
            return call(List.of(lfn), lfns -> files().addReplicas(Map.of(lfn, replicas)), this::tellReplicas);
        }
        return call(
                List.of(new RegisterFile(lfn, bytes, adler32, sha256, guid, mode, replicas, ancestors)),
                files()::register,
                this::tell);
    }

    private static AddReplica replica(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new AddReplica(text, Optional.empty())
                : new AddReplica(text.substring(0, equals), Optional.of(text.substring(equals + 1)));
    }

    private void tell(Map<String, RegisteredFile> registered) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        registered.forEach((name, file) -> outcomes.put(
                name,
                (file.made() ? "is registered" : "was registered in this way already") + ", GUID " + file.guid()));
        changed(outcomes);
    }

    private void tellReplicas(Map<String, Integer> added) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        added.forEach((name, count) -> outcomes.put(name, "has " + count + " replicas more"));
        changed(outcomes);
    }
}
