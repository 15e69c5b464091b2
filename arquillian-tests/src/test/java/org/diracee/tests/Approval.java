/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the approval page of a device log-in as a person with a browser does: by what the page itself says. */
final class Approval {

    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value|type)=\"([^\"]*)\"");

    private Approval() {}

    /** Opens the page, approves as this user, and expects to be told that it is done. */
    static void approve(Http browser, String address, String user, String password) {
        Answer done = submit(browser, address, user, password);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(done.text()).contains("Please close the window");
    }

    static Answer submit(Http browser, String address, String user, String password) {
        URI page = URI.create(address);
        Answer opened = browser.get(page.getRawPath() + "?" + page.getRawQuery());
        assertThat(opened.status()).as(opened.toString()).isEqualTo(200);
        Matcher action = ACTION.matcher(opened.text());
        assertThat(action.find()).as("a form on " + opened).isTrue();

        Map<String, String> fields = hidden(opened);
        fields.put("username", user);
        fields.put("password", password);
        Answer answer = send(browser, opened, page.resolve(action.group(1)).getRawPath(), fields);
        if (answer.status() == 302 || answer.status() == 303 || answer.status() == 307) {
            URI next = page.resolve(answer.header("Location").orElseThrow());
            return browser.get(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()));
        }
        return answer;
    }

    /** Presses the button of the opened page, whose form goes to this route; the answer, not what it leads to. */
    static Answer press(Http browser, Answer opened, String route) {
        assertThat(opened.text()).contains("action=\"" + route + "\"");
        return send(browser, opened, route, hidden(opened));
    }

    private static Map<String, String> hidden(Answer opened) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(opened.text());
        while (inputs.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(inputs.group());
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            if ("hidden".equals(attributes.get("type"))) {
                fields.put(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
            }
        }
        return fields;
    }

    private static Answer send(Http browser, Answer opened, String route, Map<String, String> fields) {
        fields.put("decision", "approve");
        String cookie = opened.header("Set-Cookie").map(c -> c.split(";", 2)[0]).orElse("");
        var request = browser.request(route)
                .header("Content-Type", Http.FORM)
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(Http.encoded(fields)));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return browser.send(request);
    }
}
