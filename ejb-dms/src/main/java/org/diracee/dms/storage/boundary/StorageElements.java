/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.diracee.dms.storage.control.StorageDefinition;
import org.diracee.dms.storage.control.StorageDefinitions;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.dms.storage.control.StorageUse;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/** Tells of the storage elements that the caller's VO may use. */
@ApplicationScoped // no pooled bean: asking for space waits for others
public class StorageElements {

    private static final Caller OURSELVES = new Caller.System("StorageElements");
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST_ASKING = 8;

    private StorageProtocols protocols;
    private StorageFiles files;
    private ConfigurationService configuration;
    private Clock clock;

    /** As many as there are storage elements with VOs. */
    private final ConcurrentMap<Asked, Told> told = new ConcurrentHashMap<>();

    private final Set<Asked> asking = ConcurrentHashMap.newKeySet();

    protected StorageElements() {} // for the container's proxy

    @Inject
    public StorageElements(
            StorageProtocols protocols, StorageFiles files, ConfigurationService configuration, Clock clock) {
        this.protocols = protocols;
        this.files = files;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Those of the VO, by name. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<StorageElementView> list(Caller caller) {
        VoName vo = vo(caller);
        return new StorageDefinitions(configuration.current())
                .all().stream()
                        .filter(definition -> definition.isFor(vo))
                        .map(this::view)
                        .sorted(Comparator.comparing(StorageElementView::name))
                        .toList();
    }

    /**
     * The one of this name, or that this is an alias of.
     *
     * @throws NoSuchStorageElement if there is none for the VO
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public StorageElementView show(Caller caller, SeName name) {
        return view(definition(caller, name));
    }

    /**
     * Its space for the VO, as it told within the last minute, or the one before while another asks again. It may take a minute to say
     * nothing, so that only one asks it at a time, and few ask at all.
     *
     * @return empty if it does not tell, or nobody may look
     * @throws NoSuchStorageElement if there is none for the VO
     * @throws StorageFailure if it does not answer, or has not yet
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Optional<StorageSpace> space(Caller caller, SeName name) {
        StorageDefinition definition = definition(caller, name);
        boolean known = definition.endpoints().stream()
                .anyMatch(endpoint -> protocols.find(endpoint).isPresent());
        return known && definition.allows(StorageUse.CHECK)
                ? space(new Asked(definition.name(), vo(caller))).answer()
                : Optional.empty();
    }

    private Told space(Asked asked) {
        Optional<Told> last = Optional.ofNullable(told.get(asked));
        if (last.filter(known -> clock.instant().isBefore(known.until())).isPresent()) {
            return last.get();
        }
        if (asking.size() >= MOST_ASKING || !asking.add(asked)) {
            return last.orElseThrow(() -> new StorageFailure(
                    StorageFailure.Reason.AWAY,
                    "The space of the storage element " + asked.se() + " is not known yet; ask again in a minute"));
        }
        try {
            Told now = ask(asked);
            told.put(asked, now);
            return now;
        } finally {
            asking.remove(asked);
        }
    }

    private Told ask(Asked asked) {
        try {
            Optional<StorageSpace> space = files.space(OURSELVES, asked.vo(), asked.se());
            return new Told(clock.instant().plus(KEPT), space, Optional.empty());
        } catch (StorageFailure failure) {
            return new Told(clock.instant().plus(KEPT), Optional.empty(), Optional.of(failure));
        }
    }

    private record Asked(SeName se, VoName vo) {}

    /** What a storage element told of its space, or why it did not. */
    private record Told(Instant until, Optional<StorageSpace> space, Optional<StorageFailure> failure) {

        Optional<StorageSpace> answer() {
            if (failure.isPresent()) {
                throw new StorageFailure(failure.get().reason(), failure.get().detail(), failure.get());
            }
            return space;
        }
    }

    private StorageDefinition definition(Caller caller, SeName name) {
        VoName vo = vo(caller);
        try {
            StorageDefinition definition = new StorageDefinitions(configuration.current()).get(name);
            if (definition.isFor(vo)) {
                return definition;
            }
        } catch (StorageFailure unknown) {
            throw new NoSuchStorageElement(name, unknown);
        }
        throw new NoSuchStorageElement(name, null);
    }

    private StorageElementView view(StorageDefinition definition) {
        return new StorageElementView(
                definition.name(),
                definition.tier().tape(),
                definition.tier().disk(),
                definition.allows(StorageUse.READ),
                definition.allows(StorageUse.WRITE),
                definition.allows(StorageUse.REMOVE),
                definition.allows(StorageUse.CHECK),
                definition.endpoints().stream()
                        .map(endpoint -> new StorageElementView.Protocol(
                                endpoint.section(),
                                endpoint.plugin(),
                                endpoint.protocol(),
                                endpoint.local(),
                                protocols.find(endpoint).isPresent()))
                        .toList());
    }

    private static VoName vo(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user.vo();
        }
        if (caller instanceof Caller.Job job) {
            return job.vo();
        }
        throw new Forbidden("Storage elements are shown to users and jobs");
    }
}
