/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The portal in a real browser. Pictures of what it shows lie in {@code target/pictures}. */
@Tag("real")
class PortalIT {

    private static final Path PICTURES =
            Path.of(System.getProperty("project.root", ".."), "arquillian-tests/target/pictures");

    RunningSystem system;
    Browser browser;

    @BeforeEach
    void open() {
        system = RunningSystem.up();
        browser = Browser.trusting(system.ca());
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private void begin(String vo, String group) {
        browser.open(system.base() + "/");
        browser.awaitText("#login-title", "Log in");
        choose("vo", vo);
        choose("group", group);
        browser.click("#login-form button");
        browser.awaitText("main", "asks to act for you");
    }

    private void choose(String select, String value) {
        browser.value("(() => { const s = document.getElementById('" + select + "'); s.value = '" + value
                + "'; s.dispatchEvent(new Event('change')); })()");
    }

    private void signIn(String user, String password) {
        assertThat(browser.focused()).isEqualTo("username");
        browser.type(user);
        browser.press("Tab");
        browser.type(password);
        browser.press("Enter");
    }

    @Test
    void logsInWithAPasswordAndOutAgain() {
        begin("demo", "demo_admin");
        assertThat(browser.text("main"))
                .contains("JobAdministrator", system.base().toString());
        signIn("root", "pw-root");

        browser.awaitText("#session-title", "You are logged in");
        assertThat(browser.text("#user")).isEqualTo("root");
        assertThat(browser.text("#session-group")).isEqualTo("demo_admin");
        assertThat(browser.text("#left")).contains("in 60 minutes");
        assertThat(browser.value("location.href").asText())
                .as("no code stays in the address")
                .isEqualTo(system.base() + "/portal/");
        assertThat(browser.value("JSON.stringify([localStorage, sessionStorage, document.cookie])")
                        .asText())
                .as("tokens are kept in memory alone")
                .doesNotContain("ey");
        browser.picture(PICTURES.resolve("session.png"));

        browser.click("#logout");
        browser.awaitText("#message", "You are logged out");
        assertThat(browser.text("#login-title")).isEqualTo("Log in");
        assertThat(browser.text("main")).doesNotContain("root");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void tellsInWordsWhatWentWrong() {
        begin("demo", "demo_user");
        signIn("alice", "wrong");
        browser.awaitText("[role=alert]", "User name or password is wrong.");
        browser.click("button[value=refuse]");
        browser.awaitText("#message", "The log-in was refused.");

        browser.open(system.base() + "/portal/?code=stolen&state=foreign");
        browser.awaitText("#message", "belongs to no log-in that was begun in this window");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void canBeUsedWithoutAMouse() {
        browser.open(system.base() + "/portal/");
        browser.awaitText("#login-title", "Log in");
        browser.value("document.body.focus()");
        for (String expected : new String[] {"", "vo", "group", ""}) {
            browser.press("Tab");
            assertThat(browser.focused()).isEqualTo(expected);
        }
        browser.press("Enter");
        browser.awaitText("main", "asks to act for you");
        signIn("alice", "pw-alice");
        browser.awaitText("#session-title", "You are logged in");
        assertThat(browser.focused()).isEqualTo("session-title");
    }

    @ParameterizedTest
    @CsvSource({"360,740,false", "360,740,true", "1280,800,false", "1280,800,true"})
    void fitsTheScreen(int width, int height, boolean dark) {
        browser.screen(width, height, dark);
        String name = width + (dark ? "-dark" : "-light");
        browser.open(system.base() + "/portal/");
        browser.awaitText("#login-title", "Log in");
        assertFits();
        browser.picture(PICTURES.resolve("login-" + name + ".png"));
        browser.click("#login-form button");
        browser.awaitText("main", "asks to act for you");
        assertFits();
        browser.picture(PICTURES.resolve("password-" + name + ".png"));
        signIn("alice", "pw-alice");
        browser.awaitText("#session-title", "You are logged in");
        assertFits();
        browser.picture(PICTURES.resolve("session-" + name + ".png"));
    }

    private void assertFits() {
        assertThat(browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
                        .asBoolean())
                .as("nothing is cut off at the right")
                .isTrue();
    }
}
