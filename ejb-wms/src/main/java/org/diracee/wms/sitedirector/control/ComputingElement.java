/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotOutput;

/**
 * One kind of computing element: the adapter through which pilots are started, followed and ended. A bean that implements
 * it is found by its {@link #type()}; it keeps nothing about single pilots in memory, as the server may be another one after
 * a restart.
 *
 * <p>Every call ends within a time that the adapter bounds (a minute, unless its Javadoc says less), does for many pilots
 * what can be done at once, and reports truthfully: an outcome per pilot where the computing element answered,
 * {@link ComputingElementFailure} where it did not — never "gone" for a pilot it could not ask about.
 */
public interface ComputingElement {

    /** The {@code CEType} of the configuration, for instance {@code Local}. */
    String type();

    /**
     * Starts pilots. Each of the given ones is in the answer exactly once, in their order. A pilot that is missing in the
     * answer because of a crash is found again by {@link #find}.
     *
     * @throws ComputingElementFailure if none was started
     */
    List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots);

    /**
     * Looks for a pilot whose submission was not noted, by the stamp it was submitted with.
     *
     * @return its reference; empty only if it certainly never started
     * @throws ComputingElementFailure if that cannot be told
     */
    Optional<String> find(CeQueue queue, PilotStamp stamp);

    /**
     * What each of these pilots does now; every reference given is a key of the answer.
     *
     * @throws ComputingElementFailure if nothing can be told of any
     */
    Map<String, PilotProcess> status(CeQueue queue, Collection<String> references);

    /**
     * Ends pilots and everything they started; one that has ended already is no error. Ending may take a while: the pilot
     * is over when {@link #status} says so.
     *
     * @throws ComputingElementFailure if the computing element did not take the order
     */
    void kill(CeQueue queue, Collection<String> references);

    /**
     * The ends of what a pilot wrote, bounded in size; empty if it is not or no more available.
     *
     * @throws ComputingElementFailure if that cannot be told
     */
    Optional<PilotOutput> output(CeQueue queue, String reference);

    /** Removes what is kept of ended pilots; repeating it is no error. */
    void clean(CeQueue queue, Collection<String> references);

    /** How many pilots the queue holds by its own count; empty if it cannot tell, then our own records count. */
    Optional<Occupancy> occupancy(CeQueue queue);
}
