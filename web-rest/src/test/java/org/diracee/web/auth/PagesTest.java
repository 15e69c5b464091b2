/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final RuntimeException DATABASE_AWAY =
            new IllegalStateException(new SQLException("Connection refused", "08001"));

    @Test
    void tellsAPersonThatTheDatabaseIsAway() {
        Response page = Pages.orFailure(BROWSER, () -> {
            throw DATABASE_AWAY;
        });

        assertThat(page.getStatus()).isEqualTo(503);
        assertThat(page.getEntity().toString())
                .contains("not possible for now", "The database cannot be reached for now")
                .doesNotContain("Connection refused");
    }

    @Test
    void leavesFailuresToProgramsAndMistakesOfOursAsTheyAre() {
        assertThatThrownBy(() -> Pages.orFailure("application/json", () -> {
                    throw DATABASE_AWAY;
                }))
                .isSameAs(DATABASE_AWAY);
        RuntimeException mistake = new IllegalStateException("mistake");
        assertThatThrownBy(() -> Pages.orFailure(BROWSER, () -> {
                    throw mistake;
                }))
                .isSameAs(mistake);
    }
}
