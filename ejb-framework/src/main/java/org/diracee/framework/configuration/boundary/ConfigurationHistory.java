/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.framework.configuration.control.Changes;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationEntry;
import org.diracee.framework.configuration.control.ConfigurationOption;
import org.diracee.framework.configuration.control.ConfigurationPath;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;

/** Who changed what in the configuration, when, from where and why. Open to every user, as the configuration itself. */
@Stateless
public class ConfigurationHistory {

    private ConfigurationService configuration;
    private ConfigurationRevisions revisions;
    private ConfigurationRepository repository;

    protected ConfigurationHistory() {} // for the container's proxy

    @Inject
    public ConfigurationHistory(
            ConfigurationService configuration, ConfigurationRevisions revisions, ConfigurationRepository repository) {
        this.configuration = configuration;
        this.revisions = revisions;
        this.repository = repository;
    }

    /**
     * Revisions, the newest first.
     *
     * @param before only those with smaller numbers
     */
    @Requires
    public Page<Revision> revisions(Caller caller, int limit, Optional<Long> before) {
        PageRequest page = new PageRequest(limit, Optional.empty());
        List<Revision> found = repository.revisionsBelow(before.orElse(Long.MAX_VALUE), page.limit() + 1);
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Revision> shown = found.subList(0, page.limit());
        return new Page<>(
                shown, Optional.of(Long.toString(shown.get(shown.size() - 1).number())));
    }

    /** @throws NoSuchRevision if there is none of this number */
    @Requires
    public Revision revision(Caller caller, long number) {
        return repository.facts(number).orElseThrow(() -> new NoSuchRevision(number, latest()));
    }

    /** What this revision changed. */
    @Requires
    public List<Change> changes(Caller caller, long number) {
        return repository.changes(number);
    }

    /**
     * What differs from one revision to another.
     *
     * @throws NoSuchRevision if there is none of one of these numbers
     */
    @Requires
    public List<Change> difference(Caller caller, long from, long to) {
        return Changes.between(document(from), document(to));
    }

    /**
     * The last change of every entry at and below a path.
     *
     * @param number of the revision that is looked at; the one in force unless given
     * @throws NoSuchRevision if there is none of this number
     * @throws NoSuchEntry if there is nothing at the path
     */
    @Requires
    public List<Blame> blame(Caller caller, String path, Optional<Long> number) {
        long looked = number.orElseGet(this::latest);
        ConfigurationDocument document = document(looked);
        ConfigurationPath at = ConfigurationPath.of(path);
        if (!at.isRoot() && document.entry(at).isEmpty()) {
            throw new NoSuchEntry(at.toString(), looked);
        }
        Map<String, Blame> byPath = new TreeMap<>();
        repository.lastChanges(at.isRoot() ? "" : at.toString(), looked).forEach(last -> document.entry(
                        last.change().path())
                .ifPresent(entry -> byPath.put(
                        last.change().path(), new Blame(last.change().path(), value(entry), last.revision()))));
        return List.copyOf(byPath.values());
    }

    /** The revision that last changed this entry. */
    @Requires
    public Optional<Revision> lastChange(Caller caller, String path) {
        return repository.lastChange(ConfigurationPath.of(path).toString(), Long.MAX_VALUE);
    }

    private static Optional<String> value(ConfigurationEntry entry) {
        return entry instanceof ConfigurationOption option ? Optional.of(option.value()) : Optional.empty();
    }

    private ConfigurationDocument document(long number) {
        HeldConfiguration held = configuration.held();
        if (held.revision().number() == number) {
            return held.document();
        }
        return revisions
                .find(number)
                .orElseThrow(() -> new NoSuchRevision(number, latest()))
                .document();
    }

    private long latest() {
        return configuration.held().revision().number();
    }

    /**
     * The last change of an entry.
     *
     * @param value empty for a section
     */
    public record Blame(String path, Optional<String> value, Revision revision) {}
}
