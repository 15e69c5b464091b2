/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class LinkHolderTest {

    private static final VoName VO = new VoName("demo");

    @Test
    void bringsBackWhoGotTheLink() {
        Caller user = new Caller.User(
                "a.1\n/ü",
                new UserName("alice"),
                new GroupName("demo_user"),
                VO,
                Set.of(),
                Credential.of(CredentialKind.PROXY, "/DC=test/CN=alice"));
        Caller job = new Caller.Job(
                new JobId(7), 2, new PilotStamp("p1"), new UserName("bob"), new GroupName("demo_user"), VO);

        assertThat(LinkHolder.parse(LinkHolder.text(user))).isEqualTo(user);
        assertThat(LinkHolder.parse(LinkHolder.text(job))).isEqualTo(job);
        assertThat(LinkHolder.text(user)).matches("[A-Za-z0-9_.-]+");
    }

    @Test
    void isNobodyElse() {
        assertThatThrownBy(() -> LinkHolder.text(new Caller.System("agent"))).isInstanceOf(Forbidden.class);
    }
}
