/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.boundary.DataOperationKind;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.data.entity.DataOperationRow.Progress;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.AuditedOfRequest;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/** Writes operations down, and how far they are: what is done at a storage element stands here before. Tells the audit log for whom. */
@ApplicationScoped
public class DataJournal {

    /** How long a worker that fell silent keeps others from taking over; longer than any single call to a storage element but a copy. */
    public static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int ITEMS = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final int LONGEST_PAUSE = 8; // doublings, about an hour

    private DataTransactions transactions;
    private DataOperationRepository operations;
    private ConfigurationService configuration;
    private SecurityAudit audit;
    private Clock clock;

    protected DataJournal() {} // for the container's proxy

    @Inject
    public DataJournal(
            DataTransactions transactions,
            DataOperationRepository operations,
            ConfigurationService configuration,
            SecurityAudit audit,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws InvalidRequest if there are none, or more than one call may name: of each a storage element is asked */
    public static void requireFew(int items) {
        if (items < 1 || items > ITEMS) {
            throw new InvalidRequest(
                    items < 1 ? ErrorCode.INVALID_REQUEST : ErrorCode.TOO_MANY_ITEMS,
                    items + " items in one request: allowed is 1 to " + ITEMS);
        }
    }

    public <T> T in(Supplier<T> step) {
        return transactions.in(step);
    }

    /**
     * Tells the audit log, with the transaction, that the caller may do this or has it done.
     *
     * @param files where each is
     * @return how many
     */
    public int audited(Caller caller, AuditAct act, Map<Lfn, List<SeName>> files) {
        AuditActor actor = AuditActor.of(caller);
        audit.record(files.entrySet().stream()
                .map(file -> new AuditedOfRequest(
                        RequestOrigin.current(),
                        AuditedAct.done(
                                act,
                                actor,
                                "lfn:" + file.getKey(),
                                "at "
                                        + file.getValue().stream()
                                                .map(SeName::text)
                                                .collect(Collectors.joining(", ")))))
                .toList());
        return files.size();
    }

    public Instant now() {
        return clock.instant();
    }

    public DataSettings settings() {
        return new DataSettings(configuration.current());
    }

    /** The storage element that a name, perhaps an alias, stands for: two names of one place must not be taken for two places. */
    public SeName meant(SeName name) {
        return meanings().apply(name);
    }

    /** The replicas of a file at a place, under whichever of its names. */
    public List<Replica> replicasAt(KnownFile file, SeName place) {
        UnaryOperator<SeName> meanings = meanings();
        SeName meant = meanings.apply(place);
        return file.replicas().stream()
                .filter(replica -> meanings.apply(replica.se()).equals(meant))
                .toList();
    }

    private UnaryOperator<SeName> meanings() {
        Map<String, String> aliases = new HashMap<>();
        new Resources(configuration.current())
                .storageElements().stream()
                        .filter(element -> element.options().containsKey("Alias"))
                        .forEach(element ->
                                aliases.put(element.name(), element.options().getOrDefault("Alias", "")));
        return name -> {
            String meant = name.text();
            Set<String> seen = new HashSet<>();
            while (aliases.containsKey(meant) && seen.add(meant)) {
                meant = aliases.getOrDefault(meant, meant);
            }
            return new SeName(meant);
        };
    }

    public Instant claimedUntil() {
        return now().plus(CLAIM);
    }

    /**
     * Changes an operation unless another has taken it up since.
     *
     * @param claimed as it was taken up
     */
    public Optional<DataOperationRow> change(DataOperationRow claimed, UnaryOperator<DataOperationRow> change) {
        return in(() -> held(claimed).map(row -> saved(change.apply(row))));
    }

    /** The operation, held by the transaction; empty if another has taken it up since. */
    public Optional<DataOperationRow> held(DataOperationRow claimed) {
        return operations
                .hold(claimed.id())
                .filter(row -> row.progress().claim() == claimed.progress().claim());
    }

    public DataOperationRow saved(DataOperationRow row) {
        operations.save(row);
        return row;
    }

    /** The plan of an operation that is about a file which the catalogue knows; no number yet. */
    public Plan plan(
            DataOperationKind kind,
            DataOwner owner,
            Lfn lfn,
            SeName se,
            Optional<SeName> source,
            boolean thorough,
            KnownFile file) {
        return new Plan(
                0,
                kind,
                owner.vo(),
                owner.user(),
                owner.group(),
                lfn,
                se,
                source,
                thorough,
                file.size(),
                file.checksums(),
                Optional.of(file.guid()),
                now().plus(settings().operationLife(owner.vo())),
                now());
    }

    /** Writes down what is to be done at once; the number of what does the same already if that is so; empty if something else is open there. */
    public Optional<Long> add(Plan plan) {
        var added = operations.add(plan, Progress.waiting(now(), false));
        if (added.isPresent()) {
            return Optional.of(added.getAsLong());
        }
        Optional<DataOperationRow> same = operations
                .openAt(plan.se(), plan.lfn())
                .filter(open -> open.plan().kind() == plan.kind()
                        && open.plan().se().equals(plan.se())
                        && (plan.kind() == DataOperationKind.REMOVAL
                                || open.plan().thorough() == plan.thorough()
                                        && open.plan().source().equals(plan.source())));
        if (plan.thorough() && plan.kind() == DataOperationKind.REMOVAL) {
            same.ifPresent(open -> operations.makeThorough(open.id()));
        }
        return same.map(DataOperationRow::id);
    }

    /** When to try again what has been tried so often. */
    public Instant nextTry(int attempts) {
        return now().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(LONGEST_PAUSE, Math.max(0, attempts - 1))));
    }

    /** When to see whether a client that was given leave to write has done so too late; empty if nobody can. */
    public Optional<Instant> lateLook(DataOperationRow operation) {
        VoName vo = operation.plan().vo();
        return operation
                .progress()
                .accessUntil()
                .map(until -> until.plus(settings().late(vo)))
                .filter(end -> end.isAfter(now()));
    }
}
