/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationRevisions.Authorship;
import org.diracee.framework.configuration.control.Changes;
import org.diracee.framework.configuration.control.ConfigurationCommitted;
import org.diracee.framework.configuration.control.ConfigurationConflict;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationValidation;
import org.diracee.framework.configuration.control.EditingRights;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.configuration.control.Merge;
import org.diracee.framework.configuration.control.Proposed;
import org.diracee.framework.configuration.control.UnusableConfiguration;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Sha256;

/**
 * Changes the configuration: every change is a new revision. Whether the caller may make it is decided entry by entry
 * ({@link EditingRights}).
 */
@Stateless
public class ConfigurationEditing {

    private static final String COMMIT = "config.commit";
    private static final String ROLL_BACK = "config.rollback";
    private static final String SYSTEM = "system";
    private static final int LONGEST_MESSAGE = 2_000;

    private ConfigurationService configuration;
    private ConfigurationRevisions revisions;
    private ConfigurationRepository repository;
    private ConfigurationValidation validation;
    private Idempotency idempotency;
    private Deployment deployment;
    private Event<ConfigurationCommitted> committed;
    private SecurityAudit audit;

    protected ConfigurationEditing() {} // for the container's proxy

    @Inject
    public ConfigurationEditing(
            ConfigurationService configuration,
            ConfigurationRevisions revisions,
            ConfigurationRepository repository,
            ConfigurationValidation validation,
            Idempotency idempotency,
            Deployment deployment,
            Event<ConfigurationCommitted> committed,
            SecurityAudit audit) {
        this.configuration = configuration;
        this.revisions = revisions;
        this.repository = repository;
        this.validation = validation;
        this.idempotency = idempotency;
        this.deployment = deployment;
        this.committed = committed;
        this.audit = audit;
    }

    /**
     * Makes a proposal the configuration, merged with what others have changed since its base. When this returns, the new
     * revision is in force on this node.
     *
     * @param origin address that the request came from
     * @param idempotencyKey a repeat with the same key and the same proposal changes nothing and gets the same revision and
     *     changes; warnings and notes are told once
     * @throws ConfigurationConflict if others have changed the same entries since the base
     * @throws UnusableConfiguration if a value that it brings in cannot stand there
     * @throws Forbidden if an entry is not the caller's to change
     */
    @Requires(unlimited = true)
    public CommitOutcome commit(Caller caller, Proposal proposal, String origin, Optional<String> idempotencyKey) {
        Caller.User user = editor(caller);
        checkMessage(proposal.message());
        byte[] hash = hash(proposal);
        Optional<CommitOutcome> earlier = replay(caller, COMMIT, idempotencyKey, hash);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        HeldConfiguration inForce = locked();
        Wanted wanted = wanted(proposal, inForce);
        CommitOutcome outcome = write(Author.of(user), inForce, wanted, new Context(proposal.message(), origin));
        record(caller, COMMIT, idempotencyKey, hash, outcome);
        return outcome;
    }

    /**
     * Makes a change of the server's own the configuration, as {@link #commit} does; the server decides what it writes.
     *
     * @throws ConfigurationConflict if others have changed the same entries since the base
     * @throws UnusableConfiguration if a value that it brings in cannot stand there
     */
    @Requires(callers = CallerKind.SYSTEM)
    public CommitOutcome commitOurs(Caller caller, Proposal proposal) {
        checkMessage(proposal.message());
        HeldConfiguration inForce = locked();
        return write(
                new Author(SYSTEM, caller.identity(), Optional.empty()),
                inForce,
                wanted(proposal, inForce),
                new Context(proposal.message(), deployment.node()));
    }

    /** What {@link #commit} would do now, with the same refusals; it needs no message. */
    @Requires
    public CommitOutcome preview(Caller caller, Proposal proposal) {
        Caller.User user = editor(caller);
        HeldConfiguration inForce = configuration.held();
        Wanted wanted = wanted(proposal, inForce);
        List<Change> changes = Changes.between(inForce.document(), wanted.document());
        return new CommitOutcome(
                Optional.empty(),
                changes,
                checked(Author.of(user), inForce, wanted.document(), changes),
                wanted.notes());
    }

    /**
     * Makes the document of an old revision the configuration again.
     *
     * @param base the revision that must be in force; empty: any
     * @throws ConfigurationConflict if another revision is in force
     */
    @Requires(unlimited = true)
    public CommitOutcome rollBack(
            Caller caller,
            long to,
            Optional<Long> base,
            String message,
            String origin,
            Optional<String> idempotencyKey) {
        Caller.User user = editor(caller);
        checkMessage(message);
        byte[] hash = hash(to + "\n" + base + "\n" + message);
        Optional<CommitOutcome> earlier = replay(caller, ROLL_BACK, idempotencyKey, hash);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        HeldConfiguration inForce = locked();
        long number = inForce.revision().number();
        if (base.isPresent() && base.get() != number) {
            throw new ConfigurationConflict(base.get(), number);
        }
        Wanted wanted = new Wanted(revision(to, number).document(), List.of());
        CommitOutcome outcome = write(Author.of(user), inForce, wanted, new Context(message, origin));
        record(caller, ROLL_BACK, idempotencyKey, hash, outcome);
        return outcome;
    }

    private CommitOutcome write(Author author, HeldConfiguration inForce, Wanted wanted, Context context) {
        List<Change> changes = Changes.between(inForce.document(), wanted.document());
        List<Finding> warnings = checked(author, inForce, wanted.document(), changes);
        if (changes.isEmpty()) {
            return new CommitOutcome(Optional.empty(), changes, warnings, wanted.notes());
        }
        HeldConfiguration added = revisions.add(
                inForce.revision().number() + 1,
                stored(author, inForce, wanted, changes),
                new Authorship(author.name(), author.subject(), context.origin(), context.message()),
                changes);
        committed.fire(new ConfigurationCommitted(added));
        audit.record(AuditedAct.done(
                AuditAct.CONFIGURATION,
                author.actor(),
                "revision:" + added.revision().number(),
                changes.size() + " changes"));
        LOG.configurationChanged(added.revision().number(), author.subject(), context.origin(), changes.size());
        return new CommitOutcome(Optional.of(added.revision()), changes, warnings, wanted.notes());
    }

    /** The order of entries is no change, so whoever may not change everything does not change it either. */
    private static ConfigurationDocument stored(
            Author author, HeldConfiguration inForce, Wanted wanted, List<Change> changes) {
        boolean mayOrder =
                author.user().map(user -> user.has(Property.CS_ADMINISTRATOR)).orElse(true);
        return mayOrder ? wanted.document() : Changes.apply(inForce.document(), changes);
    }

    /** What looks wrong only since these changes; errors among it are refused. */
    private List<Finding> checked(
            Author author, HeldConfiguration inForce, ConfigurationDocument wanted, List<Change> changes) {
        HeldConfiguration proposed = new HeldConfiguration(inForce.revision(), wanted);
        author.user().ifPresent(user -> EditingRights.require(user, inForce.snapshot(), proposed.snapshot(), changes));
        return validation.accepted(inForce.snapshot(), proposed.snapshot(), changes);
    }

    private Wanted wanted(Proposal proposal, HeldConfiguration inForce) {
        long number = inForce.revision().number();
        if (proposal.base().isEmpty() && !(proposal.content() instanceof Proposal.Edits)) {
            throw new InvalidRequest(
                    "base: a whole document needs the revision that it was made on; in force is " + number);
        }
        ConfigurationDocument base = proposal.base()
                .map(given -> given == number
                        ? inForce.document()
                        : revision(given, number).document())
                .orElse(inForce.document());
        Proposed yours = Proposed.of(proposal.content(), base);
        if (proposal.base().orElse(number) == number) {
            return new Wanted(yours.document(), yours.notes());
        }
        Merge merge = Merge.of(base, inForce.document(), yours.document());
        if (merge instanceof Merge.Conflicting conflicting) {
            // a conflict shows both sides, so there must be no secret on this one
            validation.accepted(
                    base.snapshot(number), yours.document().snapshot(number), Changes.between(base, yours.document()));
            throw new ConfigurationConflict(
                    proposal.base().orElse(number),
                    number,
                    conflicting.conflicts(),
                    path -> repository.lastChange(path, number));
        }
        return new Wanted(((Merge.Merged) merge).document(), yours.notes());
    }

    private HeldConfiguration locked() {
        // before the lock: the very first reading takes it in a transaction of its own
        HeldConfiguration known = configuration.held();
        long latest = revisions.lock();
        return known.revision().number() == latest
                ? known
                : revisions
                        .find(latest)
                        .orElseThrow(() -> new IllegalStateException("Revision " + latest + " has vanished"));
    }

    private HeldConfiguration revision(long wanted, long latest) {
        return revisions.find(wanted).orElseThrow(() -> new NoSuchRevision(wanted, latest));
    }

    private Optional<CommitOutcome> replay(Caller caller, String route, Optional<String> key, byte[] hash) {
        return key.flatMap(given -> idempotency.replay(caller, route, given, hash))
                .map(ids -> {
                    if (ids.isEmpty()) {
                        return new CommitOutcome(Optional.empty(), List.of(), List.of(), List.of());
                    }
                    long number = ids.get(0);
                    return new CommitOutcome(
                            repository.facts(number), repository.changes(number), List.of(), List.of());
                });
    }

    private void record(Caller caller, String route, Optional<String> key, byte[] hash, CommitOutcome outcome) {
        key.ifPresent(given -> idempotency.record(
                caller,
                route,
                given,
                hash,
                outcome.revision().map(Revision::number).stream().toList()));
    }

    /** Whoever may change nothing is refused before the work of reading a document, and before the lock. */
    private Caller.User editor(Caller caller) {
        if (caller instanceof Caller.User user) {
            EditingRights.requireAny(user, configuration.current());
            return user;
        }
        throw new Forbidden();
    }

    private static void checkMessage(String message) {
        if (message.isBlank()
                || message.length() > LONGEST_MESSAGE
                || message.codePoints().anyMatch(ConfigurationEditing::isRefused)) {
            throw new InvalidRequest("message: 1 to " + LONGEST_MESSAGE
                    + " printable characters that say why the configuration changes");
        }
    }

    private static boolean isRefused(int character) {
        return Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0
                || Character.getType(character) == Character.SURROGATE;
    }

    private static byte[] hash(Object request) {
        return Sha256.of(request.toString());
    }

    /** The document that is to come into force. */
    private record Wanted(ConfigurationDocument document, List<String> notes) {}

    /**
     * Who changes something.
     *
     * @param user the person whose rights are checked; empty for the server itself
     */
    private record Author(String name, String subject, Optional<Caller.User> user) {

        AuditActor actor() {
            return user.map(AuditActor::of).orElseGet(() -> new AuditActor(subject, "", "", "", Credential.NONE));
        }

        static Author of(Caller.User user) {
            return new Author(user.username().text(), user.identity(), Optional.of(user));
        }
    }

    /** Why and from where. */
    private record Context(String message, String origin) {}
}
