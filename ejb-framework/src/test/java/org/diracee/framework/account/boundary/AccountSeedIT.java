/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diracee.framework.fixture.Installation;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountSeedIT {

    private static final VoName DEMO = new VoName("demo");

    private final Installation installation = Installation.configured();

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("accounts"), text);
    }

    @Test
    void createsAccountsThatCanSignIn() throws IOException {
        int created = installation.accountSeed.seed(file("# people\n\ndemo alice two words\nother carol c\n"));

        assertThat(created).isEqualTo(2);
        assertThat(installation.accounts.signIn(DEMO, "alice", "two words", "login"))
                .isEqualTo(SignIn.RIGHT);
        assertThat(installation.accounts.signIn(DEMO, "carol", "c", "login")).isEqualTo(SignIn.WRONG);
        assertThat(installation.database.value("select password_hash from framework.local_account limit 1"))
                .startsWith("$2a$12$");
    }

    @Test
    void leavesTheAccountsThatExist() throws IOException {
        installation.accountSeed.seed(file("demo alice first\n"));

        assertThat(installation.accountSeed.seed(file("demo alice second\n"))).isZero();
        assertThat(installation.accounts.signIn(DEMO, "alice", "first", "login"))
                .isEqualTo(SignIn.RIGHT);
    }

    @Test
    void namesTheLineThatIsWrongAndShowsNoPassword() throws IOException {
        Path file = file("demo alice pw\ndemo al!ice secret\n");

        assertThatThrownBy(() -> installation.accountSeed.seed(file))
                .hasMessageStartingWith("Line 2 of the accounts: 'al!ice' is no user name")
                .message()
                .doesNotContain("secret");
    }
}
