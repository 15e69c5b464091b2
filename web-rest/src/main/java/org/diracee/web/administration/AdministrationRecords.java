/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import java.util.Optional;
import org.diracee.client.wire.AuditRecord;
import org.diracee.client.wire.JobTrace;
import org.diracee.client.wire.PolicyExplanation;
import org.diracee.client.wire.RegistryGroup;
import org.diracee.client.wire.RegistryUser;
import org.diracee.client.wire.SuspensionRecord;
import org.diracee.framework.access.boundary.AccessRule;
import org.diracee.framework.access.boundary.Operation;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.policy.boundary.PolicyAnswer;
import org.diracee.framework.registry.boundary.RegistryAdministration;
import org.diracee.framework.suspension.boundary.Suspension;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.trace.boundary.TracedAttempt;

/** Answers of the administration as they go over the wire. */
final class AdministrationRecords {

    private AdministrationRecords() {}

    static AuditRecord record(AuditRow row) {
        AuditActor actor = row.actor();
        return new AuditRecord(
                row.place().at(),
                row.act(),
                row.outcome().name(),
                row.times(),
                actor.vo(),
                actor.identity(),
                actor.username(),
                actor.group(),
                actor.credential().kind().name(),
                actor.credential().id(),
                actor.credential().actor(),
                row.target(),
                row.origin().address(),
                row.origin().requestId(),
                row.detail());
    }

    static SuspensionRecord record(Suspension suspension, Optional<String> warning) {
        return new SuspensionRecord(
                suspension.id(),
                suspension.target().kind().wireName(),
                suspension.target().vo(),
                suspension.target().name(),
                suspension.reason(),
                suspension.author(),
                suspension.actor(),
                suspension.everywhere(),
                suspension.since(),
                warning);
    }

    static RegistryUser user(RegistryAdministration.Member member) {
        return new RegistryUser(
                member.user().username().text(),
                member.user().subject(),
                member.user().email(),
                member.user().suspended(),
                member.user().dns(),
                member.groups().stream().map(GroupName::text).toList());
    }

    static RegistryGroup group(RegistryAdministration.Group group) {
        return new RegistryGroup(
                group.group().name().text(),
                group.group().properties().stream()
                        .map(Property::wireName)
                        .sorted()
                        .toList(),
                group.members().stream().map(UserName::text).sorted().toList(),
                group.group().jobShare(),
                group.isDefault());
    }

    static PolicyExplanation policy(Operation operation, AccessRule rule) {
        return new PolicyExplanation(
                operation.name(),
                "/" + operation.path(),
                rule.text(),
                operation.declared().text(),
                rule.configuredAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static PolicyExplanation policy(PolicyAnswer answer) {
        return new PolicyExplanation(
                answer.operation().name(),
                "/" + answer.operation().path(),
                answer.rule().text(),
                answer.operation().declared().text(),
                answer.rule().configuredAt(),
                Optional.of(answer.user()),
                Optional.of(answer.vo()),
                Optional.of(answer.allowed()),
                Optional.of(answer.groups()),
                Optional.of(answer.reasons()),
                Optional.of(answer.allowing()));
    }

    /** The VO that is named, else the caller's own. */
    static VoName vo(Caller caller, Optional<String> named) {
        if (named.isEmpty() && caller instanceof Caller.User user) {
            return user.vo();
        }
        return new VoName(named.orElse(""));
    }

    static JobTrace trace(TracedAttempt attempt) {
        Optional<AuditRow> submission = attempt.submission();
        return new JobTrace(
                attempt.job().number(),
                attempt.attempt(),
                attempt.status(),
                attempt.vo(),
                attempt.owner(),
                attempt.ownerGroup(),
                submission
                        .map(row -> row.actor().credential())
                        .map(shown -> shown.kind().name() + " " + shown.id()
                                + shown.actor().map(client -> " by " + client).orElse("")),
                submission.map(row -> row.origin().address()),
                attempt.descriptionHash(),
                attempt.sandboxes(),
                attempt.pilot(),
                attempt.site(),
                attempt.started(),
                attempt.ended(),
                attempt.tokens().stream().map(row -> row.origin().address()).findFirst(),
                attempt.tokens().stream()
                        .map(row -> row.actor().credential().id())
                        .toList());
    }
}
