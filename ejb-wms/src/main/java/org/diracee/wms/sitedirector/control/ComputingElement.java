/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotOutput;

/**
 * One kind of computing element: the adapter through which pilots are started, followed and ended. A bean that implements
 * it is found by its {@link #type()}; it keeps nothing about single pilots in memory, as the server may be another one after
 * a restart.
 *
 * <p>Every call ends within a time that the adapter bounds (a minute, unless its Javadoc says otherwise), does for many pilots
 * what can be done at once, and reports truthfully: an outcome per pilot where the computing element answered,
 * {@link ComputingElementFailure} where it did not — never "gone" for a pilot it could not ask about.
 */
public interface ComputingElement {

    /** The {@code CEType} of the configuration, for instance {@code Local}. */
    String type();

    /**
     * Brings there what pilots need, if that takes a while; called before pilots of a round get their secrets, so that
     * {@link #submit} is quick.
     *
     * @throws ComputingElementFailure if it could not be brought: no pilots are sent in this round
     */
    default void prepare(CeQueue queue) {}

    /**
     * Starts pilots, all of one VO. Each of the given ones is in the answer exactly once. A pilot whose answer is lost in a crash is found
     * again by {@link #find}.
     *
     * @throws ComputingElementFailure if none was started
     */
    List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots);

    /**
     * Looks for a pilot whose submission was not noted, by the stamp it was submitted with, for the VO it was
     * submitted for. One that this call did not find never starts, even where the submission still goes on.
     *
     * @return its reference; empty only if it certainly never started and never will
     * @throws ComputingElementFailure if that cannot be told
     */
    Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo);

    /**
     * What each of these pilots does now; every one given is in the answer.
     *
     * @throws ComputingElementFailure if nothing can be told of any
     */
    Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots);

    /**
     * Ends pilots and everything they started; one that has ended already is no error. Ending may take a while: the pilot
     * is over when {@link #status} says so. Repeating the order makes it more urgent.
     *
     * @throws ComputingElementFailure if the computing element did not take the order
     */
    void kill(CeQueue queue, Collection<SubmittedPilot> pilots);

    /**
     * The ends of what a pilot wrote, bounded in size; empty if it is not or no more available.
     *
     * @throws ComputingElementFailure if that cannot be told
     */
    Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot);

    /**
     * Removes what is kept of an ended pilot; repeating it is no error.
     *
     * @throws ComputingElementFailure if something is left
     */
    void clean(CeQueue queue, SubmittedPilot pilot);

    /** How many pilots the queue holds by its own count; empty if it cannot tell, then our own records count. */
    Optional<Occupancy> occupancy(CeQueue queue);

    /**
     * Ends what runs there in our name without being a pilot of ours, where that can be; called once in a round.
     *
     * @param known those of the queue that have not ended, or are to be cleaned yet
     */
    default void reap(CeQueue queue, Supplier<Set<PilotStamp>> known) {}

    /**
     * Asks the computing element for something that it tells only those whom it lets in, so that whoever tests the queue learns that before
     * a pilot is sent.
     *
     * @throws ComputingElementFailure if it cannot be reached, or does not accept us for the VO
     */
    void contact(CeQueue queue, VoName vo);
}
