/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * To whom a link was given, as text for the link: as much of a caller as is needed to see whether it is suspended. Each part is in
 * base64url, so no two callers have the same text.
 */
public final class LinkHolder {

    private static final String USER = "user";
    private static final String JOB = "job";

    private LinkHolder() {}

    /** @throws Forbidden if the caller is neither a user nor a job: nobody else gets links */
    static String text(Caller caller) {
        if (caller instanceof Caller.User user) {
            return text(
                    USER,
                    user.vo().text(),
                    user.subject(),
                    user.username().text(),
                    user.group().text(),
                    user.credential().kind().name(),
                    user.credential().id());
        }
        if (caller instanceof Caller.Job job) {
            return text(
                    JOB,
                    job.vo().text(),
                    job.id().toString(),
                    Integer.toString(job.attempt()),
                    job.pilot().text(),
                    job.owner().text(),
                    job.ownerGroup().text());
        }
        throw new Forbidden();
    }

    /** The caller without its rights. Only of a text whose signature is ours. */
    public static Caller parse(String text) {
        List<String> parts =
                Arrays.stream(text.split("\\.", -1)).map(LinkHolder::decoded).toList();
        VoName vo = new VoName(parts.get(1));
        return USER.equals(parts.get(0))
                ? new Caller.User(
                        parts.get(2),
                        new UserName(parts.get(3)),
                        new GroupName(parts.get(4)),
                        vo,
                        Set.of(),
                        Credential.of(CredentialKind.valueOf(parts.get(5)), parts.get(6)))
                : new Caller.Job(
                        JobId.parse(parts.get(2)),
                        Integer.parseInt(parts.get(3)),
                        new PilotStamp(parts.get(4)),
                        new UserName(parts.get(5)),
                        new GroupName(parts.get(6)),
                        vo);
    }

    private static String text(String... parts) {
        return Stream.of(parts)
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
