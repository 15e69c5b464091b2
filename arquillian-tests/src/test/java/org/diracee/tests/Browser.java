/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium that a test leads through pages as a person would; brought by {@code testbed/chromium.sh}.
 *
 * @see "Chrome DevTools Protocol 1.3"
 */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowDown", 40);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Browser(Path program, Path ca) {
        try {
            profile = Files.createTempDirectory("browser");
            process = new ProcessBuilder(
                            program.toString(),
                            "--remote-debugging-port=0",
                            "--remote-allow-origins=*",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--user-data-dir=" + profile,
                            "--ignore-certificate-errors-spki-list=" + keyHash(ca),
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("browser.log").toFile())
                    .start();
            Path port = profile.resolve("DevToolsActivePort");
            await("browser")
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(port) && Files.readAllLines(port).size() >= 2);
            String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
            JsonNode pages = JSON.readTree(URI.create(address).toURL());
            JsonNode page = null;
            for (JsonNode candidate : pages) {
                if (candidate.path("type").asText().equals("page")) {
                    page = candidate;
                }
            }
            if (page == null) {
                throw new IllegalStateException("the browser has no page: " + pages);
            }
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), new Listener())
                    .join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Starts one that trusts the keys that this authority has signed with, and no others. */
    static Browser trusting(Path ca) {
        Path directory = Path.of(System.getProperty("project.root", ".."), "arquillian-tests/target/chromium")
                .toAbsolutePath()
                .normalize();
        RunningSystem.run(Map.of(), "testbed/chromium.sh", "install", directory.toString());
        return new Browser(directory.resolve("chromium"), ca);
    }

    /** Opens the page and waits until it is there. */
    void open(String address) {
        call("Page.navigate", Map.of("url", address));
        awaitTrue("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The value of a script's expression; a promise is awaited. */
    JsonNode value(String script) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    void awaitTrue(String script) {
        await(script).atMost(PATIENCE).ignoreException(AssertionError.class).until(() -> value(script)
                .asBoolean());
    }

    /** The text of the element that a person sees; empty if it is hidden. */
    String text(String selector) {
        return value("(() => { const e = document.querySelector('" + selector
                        + "'); return e === null || e.closest('[hidden]') ? '' : e.innerText; })()")
                .asText();
    }

    void awaitText(String selector, String part) {
        await("'" + part + "' in " + selector)
                .atMost(PATIENCE)
                .ignoreException(AssertionError.class)
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(text(selector))
                        .contains(part));
    }

    void click(String selector) {
        awaitTrue("document.querySelector('" + selector + "') !== null");
        value("document.querySelector('" + selector + "').click()");
    }

    /** Types into whatever has the focus. */
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Presses a key: Tab, Enter, ArrowDown or a blank. */
    void press(String key) {
        int code = KEYS.getOrDefault(key, 0);
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event = JSON.createObjectNode();
            event.put("type", type).put("key", key).put("code", key.equals(" ") ? "Space" : key);
            event.put("windowsVirtualKeyCode", code);
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** The id of the element that has the focus. */
    String focused() {
        return value(
                        "document.activeElement === null ? '' : document.activeElement.id || document.activeElement.value || ''")
                .asText();
    }

    /** Shows pages as a screen of this width does, by day or by night. */
    void screen(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Keeps a picture of the page below target. */
    void picture(Path file) {
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, png);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What scripts threw and what policies refused. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Object parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        socket.sendText(request.toString(), true).join();
        JsonNode whole =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (whole.has("error")) {
            throw new AssertionError(method + ": " + whole.path("error"));
        }
        return whole.path("result");
    }

    private void received(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
        CompletableFuture<JsonNode> asked = waiting.remove(message.path("id").asInt());
        if (asked != null) {
            asked.complete(message);
        }
        if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
            complaints.add(message.at("/params/exceptionDetails").toString());
        }
        JsonNode entry = message.at("/params/entry");
        if (message.path("method").asText().equals("Log.entryAdded")
                && entry.path("source").asText().equals("security")) {
            complaints.add(entry.toString());
        }
    }

    private static String keyHash(Path ca) {
        try (var pem = Files.newInputStream(ca)) {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(CertificateFactory.getInstance("X.509")
                                    .generateCertificate(pem)
                                    .getPublicKey()
                                    .getEncoded()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        socket.abort();
        // the program may be a script, and the browser its child
        List<ProcessHandle> started = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        started.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Puts the parts of messages together. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                received(whole);
            }
            from.request(1);
            return null;
        }
    }
}
