/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.framework.login.boundary.PendingLogin;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class ApprovalPageTest {

    private static final PendingLogin LOGIN = new PendingLogin(
            "BCDFGHJK",
            "<b>client</b>",
            new VoName("demo"),
            new GroupName("demo_user"),
            List.of("JobSharing", "NormalUser"));

    @Test
    void showsWhatIsAskedFor() {
        assertThat(ApprovalPage.approval(LOGIN, "", "", CsrfToken.of(null)))
                .contains("BCDFGHJK", "<dd>demo</dd>", "<dd>demo_user</dd>", "JobSharing, NormalUser")
                .contains("&lt;b&gt;client&lt;/b&gt;")
                .doesNotContain("<script", "role=\"alert\"");
    }

    @Test
    void escapesWhatPeopleTyped() {
        assertThat(ApprovalPage.approval(LOGIN, "\"><script>alert('x')</script>", "a & b", CsrfToken.of(null)))
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\"")
                .contains("<p class=\"error\" role=\"alert\">a &amp; b</p>")
                .doesNotContain("<script");
    }

    @Test
    void thePolicyAllowsItsOwnStyleAndNothingElse() throws NoSuchAlgorithmException {
        Matcher style =
                Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(ApprovalPage.message("title", "text"));
        assertThat(style.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));

        assertThat(ApprovalPage.CONTENT_SECURITY_POLICY)
                .isEqualTo("default-src 'none'; style-src 'sha256-" + hash
                        + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    }

    @Test
    void aTokenIsTheBrowsersOwnOrNew() {
        CsrfToken fresh = CsrfToken.of(null);

        assertThat(CsrfToken.of(fresh.text())).isEqualTo(fresh);
        assertThat(CsrfToken.of("short")).isNotEqualTo(new CsrfToken("short"));
        assertThat(fresh.matches(fresh.text())).isTrue();
        assertThat(fresh.matches("")).isFalse();
        assertThat(fresh.cookie()).contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/");
    }

    @Test
    void asksBeforeItLeadsToTheProvider() {
        URI provider = URI.create("https://login.example.org/realms/demo");
        CsrfToken token = CsrfToken.of(null);

        String page = ApprovalPage.provider(LOGIN, provider, "", token);

        assertThat(page)
                .contains(
                        "&lt;b&gt;client&lt;/b&gt;",
                        "<code>BCDFGHJK</code>",
                        "<dd>demo</dd>",
                        "<dd>demo_user</dd>",
                        "<form method=\"post\" action=\"/api/auth/device/approval\">",
                        "name=\"csrf_token\" value=\"" + token.text() + "\"",
                        "Continue at login.example.org")
                .doesNotContain("password", "http-equiv", "<script");
        assertThat(ApprovalPage.policyOfProvider(provider))
                .contains("form-action 'self' https: https://login.example.org; frame-ancestors 'none'");
    }
}
