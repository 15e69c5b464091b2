/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import java.net.URI;
import java.util.Base64;
import java.util.stream.Collectors;
import org.diracee.framework.login.boundary.PendingLogin;
import org.diracee.framework.login.boundary.ProgramLogin;
import org.diracee.kernel.value.Sha256;

/** The pages of the log-in as HTML: no scripts, nothing from elsewhere, one style that its policy names by its hash. */
final class ApprovalPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { margin: 0; display: grid; place-items: center; min-height: 100vh;
                   background: light-dark(#f0f0f0, #151515); color: light-dark(#151515, #f0f0f0); }
            main { box-sizing: border-box; width: min(30rem, 100vw); padding: 2rem; border-radius: .5rem;
                   background: light-dark(#fff, #212427); border-top: .25rem solid #06c; }
            h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
            dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
            code { font-size: 1.1rem; letter-spacing: .15em; }
            label { display: block; margin-top: 1rem; font-weight: 600; }
            input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit;
                    border: 1px solid #707070; border-radius: .25rem; }
            .buttons { display: flex; gap: 1rem; margin-top: 1.5rem; }
            button { padding: .5rem 1.25rem; font: inherit; border: 1px solid #06c; border-radius: .25rem;
                     background: transparent; color: inherit; cursor: pointer; }
            button.primary { background: #06c; color: #fff; }
            :focus-visible { outline: 3px solid #f0ab00; outline-offset: 2px; }
            .error { padding: .75rem; border-left: .25rem solid #c9190b;
                     background: light-dark(#faeae8, #3b1a18); }
            """;

    private static final String FORM_ACTION = "form-action 'self'";

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; "
            + FORM_ACTION + "; frame-ancestors 'none'; base-uri 'none'";

    /** The field that holds the id of the log-in of a program in the browser. */
    static final String FLOW = "flow";

    private ApprovalPage() {}

    /** The policy of a page whose form may lead on to the program at this address. */
    static String policy(URI program) {
        return CONTENT_SECURITY_POLICY.replace(FORM_ACTION, FORM_ACTION + " " + origin(program));
    }

    /** The same for a provider, which may send the person on to others; browsers look at all of them. */
    static String policyOfProvider(URI provider) {
        return CONTENT_SECURITY_POLICY.replace(FORM_ACTION, FORM_ACTION + " https: " + origin(provider));
    }

    /** Shows what is asked for and leads to the provider, which asks nothing of those who are logged in there. */
    static String provider(PendingLogin login, URI provider, String error, CsrfToken token) {
        return page("Log in to DIRAC", """
                <p>The program <strong>%s</strong> asks to act for you. Go on only if you started it yourself and it
                shows this code; otherwise close the window.</p>
                <dl>
                <dt>Code</dt><dd><code>%s</code></dd>
                %s</dl>
                %s<form method="post" action="/api/auth/device/approval">
                <input type="hidden" name="user_code" value="%s">
                <input type="hidden" name="%s" value="%s">
                <div class="buttons">
                <button class="primary" type="submit" name="decision" value="approve">Continue at %s</button>
                </div>
                </form>
                """.formatted(
                        escaped(login.clientId()),
                        escaped(login.userCode()),
                        rows(login),
                        alert(error),
                        escaped(login.userCode()),
                        CsrfToken.FIELD,
                        escaped(token.text()),
                        escaped(provider.getRawAuthority())));
    }

    /** Shows what is asked for and takes the decision. */
    static String approval(PendingLogin login, String username, String error, CsrfToken token) {
        return page("Log in to DIRAC", """
                <p>The program <strong>%s</strong> asks to act for you. Approve only if you started it yourself and it
                shows this code:</p>
                <dl>
                <dt>Code</dt><dd><code>%s</code></dd>
                %s</dl>
                %s""".formatted(
                        escaped(login.clientId()),
                        escaped(login.userCode()),
                        rows(login),
                        form("/api/auth/device/approval", "user_code", login, username, error, token, "Approve", "")));
    }

    /** The same for a program in the browser. */
    static String approval(ProgramLogin login, String username, String error, CsrfToken token) {
        return page("Log in to DIRAC", """
                <p>The web page at <strong>%s</strong> asks to act for you. Log in only if you were there a moment ago.</p>
                <dl>
                %s</dl>
                %s""".formatted(
                        escaped(origin(login.returnTo())),
                        rows(login.asked()),
                        // nothing need be filled in to refuse
                        form(
                                "/api/auth/authorize/approval",
                                FLOW,
                                login.asked(),
                                username,
                                error,
                                token,
                                "Log in",
                                " formnovalidate")));
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static String rows(PendingLogin login) {
        return """
               <dt>VO</dt><dd>%s</dd>
               <dt>Group</dt><dd>%s</dd>
               <dt>Rights</dt><dd>%s</dd>
               """.formatted(
                escaped(login.vo().text()),
                escaped(login.group().text()),
                login.properties().isEmpty()
                        ? "none"
                        : login.properties().stream().map(ApprovalPage::escaped).collect(Collectors.joining(", ")));
    }

    private static String form(
            String action,
            String idField,
            PendingLogin login,
            String username,
            String error,
            CsrfToken token,
            String approve,
            String refusal) {
        return """
                %s<form method="post" action="%s">
                <input type="hidden" name="%s" value="%s">
                <input type="hidden" name="%s" value="%s">
                <label for="username">User name</label>
                <input id="username" name="username" type="text" value="%s" autocomplete="username" \
                autocapitalize="none" spellcheck="false" maxlength="1024" required autofocus>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" \
                maxlength="1024" required>
                <div class="buttons">
                <button class="primary" type="submit" name="decision" value="approve">%s</button>
                <button type="submit" name="decision" value="refuse"%s>Refuse</button>
                </div>
                </form>
                """.formatted(
                        alert(error),
                        action,
                        idField,
                        escaped(login.userCode()),
                        CsrfToken.FIELD,
                        escaped(token.text()),
                        escaped(username),
                        approve,
                        refusal);
    }

    /** Asks for the code that a program showed. */
    static String codeForm(String error) {
        return page("Log in to DIRAC", """
                <p>Type the code that your program shows.</p>
                %s<form method="get" action="/api/auth/device">
                <label for="user_code">Code</label>
                <input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" \
                spellcheck="false" maxlength="16" required autofocus>
                <div class="buttons"><button class="primary" type="submit">Go on</button></div>
                </form>
                """.formatted(alert(error)));
    }

    static String message(String title, String text) {
        return page(title, "<p>" + escaped(text) + "</p>\n");
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String alert(String error) {
        return error.isEmpty() ? "" : "<p class=\"error\" role=\"alert\">" + escaped(error) + "</p>\n";
    }

    private static String page(String title, String body) {
        return """
               <!DOCTYPE html>
               <html lang="en">
               <head>
               <meta charset="utf-8">
               <meta name="viewport" content="width=device-width, initial-scale=1">
               <title>%s</title>
               <style>%s</style>
               </head>
               <body>
               <main>
               <h1>%s</h1>
               %s</main>
               </body>
               </html>
               """.formatted(escaped(title), STYLE, escaped(title), body);
    }

    private static String hash(String style) {
        return Base64.getEncoder().encodeToString(Sha256.of(style));
    }
}
