/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * Asks a storage element by one endpoint after the other until one has an answer. What is certain, such as that a file is there
 * already, is the answer of all.
 *
 * @see "DMS reference 4.2"
 */
public final class StorageAttempts {

    private final StorageDefinitions definitions;
    private final StorageProtocols protocols;
    private final Clock clock;

    public StorageAttempts(StorageDefinitions definitions, StorageProtocols protocols, Clock clock) {
        this.definitions = definitions;
        this.protocols = protocols;
        this.clock = clock;
    }

    /** An endpoint with its way to speak, and where the file lies there. */
    public record Way(StorageProtocol protocol, StoragePlace place) {}

    /** Whether another endpoint may still be tried after what one answered. */
    public interface Untouched {
        boolean isStill();
    }

    /**
     * The ways to use the storage element for that, the best first; never none.
     *
     * @throws StorageFailure if it is closed for that, or there is no way
     */
    public List<Way> ways(VoName vo, SeName se, StorageUse use, Lfn lfn) {
        StorageDefinition definition = definitions.get(se);
        if (!lfn.vo().equals(Optional.of(vo))) {
            throw new StorageFailure(Reason.DENIED, lfn + " is none of the VO " + vo + ": its files begin with /" + vo);
        }
        definition.refusal(vo, use).ifPresent(refusal -> {
            throw new StorageFailure(Reason.DENIED, refusal);
        });
        List<StorageEndpoint> endpoints = definitions.endpoints(definition, vo, use);
        List<Way> ways = endpoints.stream()
                .flatMap(endpoint ->
                        protocols.find(endpoint).map(protocol -> new Way(protocol, endpoint.place(vo, lfn))).stream())
                .toList();
        if (ways.isEmpty()) {
            throw new StorageFailure(Reason.BROKEN, noWay(definition, use, endpoints));
        }
        return ways;
    }

    /** The answer to what may be asked again and again. */
    public <T> T repeat(
            VoName vo, SeName se, StorageUse use, Lfn lfn, BiFunction<StorageProtocol, StoragePlace, T> ask) {
        return ask(vo, ways(vo, se, use, lfn), definitions.attempts(vo), () -> true, ask);
    }

    /** The answer to what is asked again only as long as nothing has been moved. */
    public <T> T once(
            VoName vo,
            SeName se,
            StorageUse use,
            Lfn lfn,
            Untouched untouched,
            BiFunction<StorageProtocol, StoragePlace, T> ask) {
        return ask(vo, ways(vo, se, use, lfn), 1, untouched, ask);
    }

    private <T> T ask(
            VoName vo,
            List<Way> ways,
            int rounds,
            Untouched untouched,
            BiFunction<StorageProtocol, StoragePlace, T> ask) {
        Instant end = clock.instant().plus(definitions.patience(vo));
        List<StorageFailure> failures = new ArrayList<>();
        List<Way> left = ways;
        for (int round = 0; round < rounds && !left.isEmpty(); round++) {
            List<Way> again = new ArrayList<>();
            for (Way way : left) {
                try {
                    return ask.apply(way.protocol(), way.place());
                } catch (StorageFailure failure) {
                    failures.add(failure);
                    if (isCertain(failure)
                            || !untouched.isStill()
                            || clock.instant().isAfter(end)) {
                        throw together(failures);
                    }
                    if (failure.reason() == Reason.AWAY) {
                        again.add(way);
                    }
                }
            }
            left = again;
        }
        throw together(failures);
    }

    private static boolean isCertain(StorageFailure failure) {
        return switch (failure.reason()) {
            case ABSENT, PRESENT, OTHER_CONTENT -> true;
            case DENIED, FULL, AWAY, BROKEN -> false;
        };
    }

    /** All that was said, once each, for the reason of the last that is certain or may pass, else of the last. */
    static StorageFailure together(List<StorageFailure> failures) {
        StorageFailure last = failures.get(failures.size() - 1);
        List<String> details =
                failures.stream().map(StorageFailure::detail).distinct().toList();
        if (details.size() == 1) {
            return last;
        }
        Reason reason = isCertain(last)
                ? last.reason()
                : failures.stream()
                        .filter(StorageFailure::isPassing)
                        .findFirst()
                        .orElse(last)
                        .reason();
        return new StorageFailure(reason, String.join("; ", details), last);
    }

    private String noWay(StorageDefinition definition, StorageUse use, List<StorageEndpoint> endpoints) {
        String has = definition.endpoints().stream()
                .map(endpoint -> endpoint.section() + " (plugin " + endpoint.plugin() + ", protocol "
                        + endpoint.protocol() + (endpoint.local() ? ", local)" : ")"))
                .collect(Collectors.joining(", "));
        return "There is no way to the storage element " + definition.name() + " for " + use.words() + ": it has "
                + (has.isEmpty() ? "no protocols" : has)
                + (endpoints.isEmpty()
                        ? ", of which none is in the lists of protocols or for this server"
                        : "; there are adapters for " + String.join(", ", protocols.plugins()));
    }
}
