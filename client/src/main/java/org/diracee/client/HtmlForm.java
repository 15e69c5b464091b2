/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first form of one of the server's own pages: where it goes and what the page filled in. */
record HtmlForm(String action, Map<String, String> hiddenFields) {

    private static final Pattern FORM = Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value|type)=\"([^\"]*)\"");

    /** @throws UnreadableAnswer if there is no form */
    static HtmlForm of(String page) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new UnreadableAnswer("the approval page", "it has no form", null);
        }
        Map<String, String> hidden = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(page);
        while (input.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(input.group());
            while (attribute.find()) {
                attributes.put(attribute.group(1), plain(attribute.group(2)));
            }
            String name = attributes.get("name");
            if ("hidden".equals(attributes.get("type")) && name != null) {
                hidden.put(name, attributes.getOrDefault("value", ""));
            }
        }
        return new HtmlForm(plain(form.group(1)), hidden);
    }

    static String plain(String attribute) {
        return attribute
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
