/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.log.boundary;

import java.lang.invoke.MethodHandles;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * The messages of workload management for operators, each with an id that stays: jobs and matching from 1, sandboxes from
 * 200 and, of their S3 store, from 462; pilots and the site director from 300, explanations from 440, operations from 460.
 */
@MessageLogger(projectCode = "DIRACWMS-", length = 4)
public interface WmsLog extends BasicLogger {

    WmsLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), WmsLog.class, "org.diracee.wms");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1, value = "%s: %s failed; it is tried again in the next cycle")
    void itemFailed(String agent, String item, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2, value = "Job %s goes back to its queue: %s")
    void jobReturned(JobId job, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 3, value = "Job %s without a sign of life becomes %s: %s")
    void jobLost(JobId job, JobStatus status, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 200, value = "Sandbox %s could not be cleaned up")
    void sandboxNotCleaned(String pfn, @Cause Exception cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 201, value = "%d unassigned sandboxes, %d orphaned archives and %d broken transfers removed")
    void sandboxesCleaned(int unassigned, int orphans, int leftovers);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 300, value = "Pilot %s submitted to %s as %s")
    void pilotSubmitted(PilotStamp stamp, String slot, String reference);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 301, value = "Pilot %s was not taken by %s: %s")
    void pilotRefused(PilotStamp stamp, String slot, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 302, value = "Pilot %s at %s ended as %s: %s")
    void pilotEnded(PilotStamp stamp, String slot, String status, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 303, value = "The computing element %s fails, for the %d. time in a row: %s")
    void computingElementFails(String computingElement, int times, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 304, value = "The round of the computing element %s broke off")
    void roundBroken(String computingElement, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 305, value = "The computing element %s has not finished its round for %d s; the others go on")
    void roundStuck(String computingElement, long seconds);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 306, value = "No adapter serves computing elements of type '%s', as %s is: allowed are %s")
    void unknownCeType(String type, String computingElement, String known);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 307, value = "Pilot %s of %s was found again as %s after its submission had not been noted")
    void pilotReconciled(PilotStamp stamp, String slot, String reference);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 308, value = "Configuration: %s is left out: %s")
    void queueLeftOut(String path, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 309, value = "Pilot %s at %s is being killed: %s")
    void pilotKilled(PilotStamp stamp, String slot, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 310, value = "What pilot %s left at %s could not be removed")
    void pilotNotCleaned(PilotStamp stamp, String slot, @Cause Exception cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 440, value = "What pilots ask for and get could not be noted; explanations know less for a while")
    void supplyNotNoted(@Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 420, value = "The changes of jobs cannot be read for now; who follows them waits")
    void changesNotRead(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 421, value = "Webhook %s is told nothing any more: %s")
    void webhookDisabled(String id, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 460, value = "Operation %d: a portion failed; it is tried again with fewer jobs")
    void portionFailed(long operation, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 461, value = "Operation %d was stopped: %s")
    void operationStopped(long operation, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 462, value = "The S3 store of sandboxes at %s cannot be reached: %s")
    void s3Away(String endpoint, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(
            id = 463,
            value =
                    "The bucket %s refuses %s of this server: %s. Either the access key %s is not known there, its secret"
                            + " credential:%s is another, this clock is wrong, or the key may not list, read and delete")
    void s3Refuses(String bucket, String call, String reason, String keyName, String alias);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 464, value = "The bucket %s answered %s of this server with %s")
    void s3Fails(String bucket, String call, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(
            id = 465,
            value = "The bucket %s for sandboxes does not exist at %s: make it, or set the option AutoCreateBucket")
    void s3BucketMissing(String bucket, String endpoint);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 466, value = "The bucket %s for sandboxes was made at %s")
    void s3BucketMade(String bucket, String endpoint);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 467, value = "The secret for the bucket %s, credential:%s, is not among the server's credentials")
    void s3SecretMissing(String bucket, String alias);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 480, value = "Jobs and pilots are kept from %s for %s, by %s: %s")
    void banned(String what, String vo, String caller, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 481, value = "Jobs and pilots may go to %s again for %s, by %s: %s")
    void allowed(String what, String vo, String caller, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 560, value = "Operation %d: its jobs are not found in time; they are searched among %d ids at a time")
    void searchedLess(long operation, long span);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 561,
            value = "Job %s was matched but could not be given to pilot %s; it waits again when its lease has ended")
    void matchedJobNotGiven(JobId job, PilotStamp pilot, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 562, value = "Whether pilot %s was taken by %s is not known, it is looked for later: %s")
    void submissionUndecided(PilotStamp stamp, String slot, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 563, value = "The pilot's image %s was brought to %s")
    void pilotImageBrought(String digest, String target);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 610, value = "The packed image %s cannot be given to worker nodes: %s")
    void imageNotFetched(String sha256, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 580, value = "What the site director found of queues could not be written down; it is tried again")
    void queueNotesNotWritten(@Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 581, value = "No pilots of %s are sent to %s any more: %s")
    void submissionStopped(VoName vo, String slot, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 583, value = "%s gets no pilots in this round")
    void wrongPilotPlan(String slot, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 582, value = "The test %d of %s ended: %s")
    void queueTested(long id, String slot, String outcome);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 584, value = "In this round %d questions about single pilots of %s failed, the first for this")
    void pilotsNotAsked(int number, String slot, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 571, value = "The proxy delegated to %s for %s could not be renewed; it is tried again: %s")
    void delegationNotRenewed(String address, VoName vo, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 590, value = "Instance %s of %s is deleted: %s")
    void instanceReaped(String instance, String slot, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(
            id = 600,
            value = "What pilot %s left of job %s has been taken in: %d lines, of which %d count for nothing")
    void parcelOpened(PilotStamp pilot, JobId job, long lines, long unread);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 601, value = "An output sandbox that pilot %s left of job %s is lost: %s")
    void outputLost(PilotStamp pilot, JobId job, String reason);
}
