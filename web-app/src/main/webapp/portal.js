/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */

// The log-in of the portal: authorization code with PKCE at our own API (RFC 6749 4.1, RFC 7636). Tokens stay in the variables of
// this module; what outlives the way to the log-in and back is only the state and PKCE's secret, in this window's storage.

const HERE = "/portal/";
const BEGUN = "dirac-login";
const LAST = "dirac-last";
const RENEWAL_AHEAD_S = 60;

let facts = { issuer: null, metadata: null, client: null };
let session = null;
let timers = [];

const $ = (id) => document.getElementById(id);

/** What went wrong, in words for people. */
class Failure extends Error {
    constructor(message, status = 0) {
        super(message);
        this.status = status;
    }
}

async function call(address, options = {}) {
    let answer;
    try {
        answer = await fetch(address, { cache: "no-store", credentials: "omit", redirect: "error", ...options });
    } catch {
        throw new Failure("The server does not answer. Check your connection and try again.");
    }
    let body = null;
    try {
        body = await answer.json();
    } catch {
        // told below
    }
    if (!answer.ok) {
        const detail = typeof body?.detail === "string" ? sentence(body.detail) : `The server answers with status ${answer.status}.`;
        throw new Failure(detail, answer.status);
    }
    if (body === null) {
        throw new Failure("The server answers in a way that the portal does not understand.");
    }
    return body;
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : text + ".");
const form = (fields) => ({ method: "POST", body: new URLSearchParams(fields) });

// ---- what people see

function show(name) {
    for (const part of ["waiting", "login", "session"]) {
        $(part).hidden = part !== name;
    }
    $("who").hidden = name !== "session";
}

function tell(kind, text) {
    const message = $("message");
    message.className = "alert " + kind;
    message.textContent = text;
    message.hidden = text === "";
    if (text !== "") {
        message.focus();
    }
}

function offer() {
    const vos = Object.keys(facts.metadata.virtual_organizations).sort();
    if (vos.length === 0) {
        show("none");
        tell("danger", "This installation has no virtual organisation yet. Its administrators have to register one.");
        return;
    }
    options($("vo"), vos, last().vo);
    chosenVo();
    show("login");
}

function chosenVo() {
    const vo = facts.metadata.virtual_organizations[$("vo").value];
    const mine = last();
    const groups = Object.keys(vo.groups).sort();
    options($("group"), groups, mine.vo === $("vo").value && groups.includes(mine.group) ? mine.group : vo.default_group);
    chosenGroup();
    const support = vo.support ?? {};
    const contact = [support.message, support.email, support.webpage].filter((text) => text);
    $("support").hidden = contact.length === 0;
    $("support").textContent = contact.length === 0 ? "" : "Help: " + contact.join(" · ");
}

function chosenGroup() {
    const group = facts.metadata.virtual_organizations[$("vo").value].groups[$("group").value];
    const rights = group?.properties ?? [];
    $("rights").textContent = rights.length === 0 ? "No rights of its own." : "Rights: " + rights.join(", ");
}

function options(select, names, chosen) {
    select.replaceChildren(
        ...names.map((name) => {
            const option = document.createElement("option");
            option.value = name;
            option.textContent = name;
            option.selected = name === chosen;
            return option;
        }),
    );
}

function last() {
    try {
        return JSON.parse(localStorage.getItem(LAST)) ?? {};
    } catch {
        return {};
    }
}

function showSession(me) {
    $("who").textContent = `${me.preferred_username} · ${me.dirac_group}`;
    $("user").textContent = me.preferred_username;
    $("session-vo").textContent = me.vo;
    $("session-group").textContent = me.dirac_group;
    $("session-rights").replaceChildren(
        ...me.properties.map((name) => {
            const label = document.createElement("span");
            label.className = "label";
            label.textContent = name;
            return label;
        }),
    );
    if (me.properties.length === 0) {
        $("session-rights").textContent = "none";
    }
    $("subject").textContent = me.sub;
    show("session");
    showEnd();
    $("session-title").focus();
}

function showEnd() {
    const ends = new Date(session.ends * 1000);
    $("ends").dateTime = ends.toISOString();
    $("ends").textContent = ends.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const minutes = Math.max(0, Math.round((ends - Date.now()) / 60000));
    $("left").textContent =
        minutes < 120 ? `(in ${minutes} ${minutes === 1 ? "minute" : "minutes"})` : `(in ${Math.round(minutes / 60)} hours)`;
}

// ---- the log-in

const base64url = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function begin(event) {
    event.preventDefault();
    tell("", "");
    const vo = $("vo").value;
    const group = $("group").value;
    const verifier = random();
    const state = random();
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    localStorage.setItem(LAST, JSON.stringify({ vo, group }));
    sessionStorage.setItem(BEGUN, JSON.stringify({ state, verifier }));
    const address = new URL(facts.issuer.authorization_endpoint);
    address.search = new URLSearchParams({
        response_type: "code",
        client_id: facts.client,
        redirect_uri: location.origin + HERE,
        scope: `vo:${vo} group:${group}`,
        state,
        code_challenge: base64url(new Uint8Array(digest)),
        code_challenge_method: "S256",
    });
    location.assign(address);
}

/** Ends the way back from the log-in; the code must not stay in the address or the history. */
async function comeBack(returned) {
    const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? "null");
    sessionStorage.removeItem(BEGUN);
    if (begun === null || begun.state !== returned.get("state")) {
        throw new Failure("This answer belongs to no log-in that was begun in this window. Please log in again.");
    }
    if (returned.get("error") === "access_denied") {
        throw new Failure("The log-in was refused.");
    }
    if (!returned.has("code")) {
        throw new Failure("The log-in did not succeed. Please log in again.");
    }
    await logIn(
        await call(
            facts.issuer.token_endpoint,
            form({
                grant_type: "authorization_code",
                client_id: facts.client,
                code: returned.get("code"),
                redirect_uri: location.origin + HERE,
                code_verifier: begun.verifier,
            }),
        ),
    );
}

async function logIn(tokens) {
    keep(tokens);
    const me = await call(facts.issuer.userinfo_endpoint, { headers: { Authorization: "Bearer " + session.access } });
    timers.push(setInterval(showEnd, 30000));
    showSession(me);
}

function keep(tokens) {
    const claims = JSON.parse(atob(tokens.refresh_token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    session = { access: tokens.access_token, refresh: tokens.refresh_token, ends: claims.exp };
    const ahead = Math.max(5, tokens.expires_in - RENEWAL_AHEAD_S);
    timers.push(setTimeout(renew, ahead * 1000));
}

async function renew() {
    try {
        keep(
            await call(
                facts.issuer.token_endpoint,
                form({ grant_type: "refresh_token", client_id: facts.client, refresh_token: session.refresh }),
            ),
        );
        showEnd();
    } catch (failure) {
        if (failure.status === 0 || failure.status >= 500) {
            timers.push(setTimeout(renew, 10000));
            return;
        }
        forget();
        tell("danger", "Your session has ended. Please log in again.");
        offer();
    }
}

async function logOut() {
    $("logout").disabled = true;
    try {
        await call(
            facts.issuer.revocation_endpoint,
            form({ token: session.refresh, token_type_hint: "refresh_token", client_id: facts.client }),
        );
        forget();
        offer();
        tell("success", "You are logged out.");
    } catch (failure) {
        tell("danger", "You are not logged out: " + failure.message);
    } finally {
        $("logout").disabled = false;
    }
}

function forget() {
    timers.forEach((timer) => {
        clearTimeout(timer);
        clearInterval(timer);
    });
    timers = [];
    session = null;
    for (const id of ["who", "user", "session-vo", "session-group", "session-rights", "subject"]) {
        $(id).textContent = "";
    }
}

// ---- the beginning

async function start() {
    const returned = new URLSearchParams(location.search);
    history.replaceState(null, "", HERE);
    $("login-form").addEventListener("submit", (event) =>
        begin(event).catch((failure) => tell("danger", "The log-in cannot begin: " + failure.message)),
    );
    $("vo").addEventListener("change", chosenVo);
    $("group").addEventListener("change", chosenGroup);
    $("logout").addEventListener("click", logOut);
    try {
        const [issuer, metadata, meta] = await Promise.all([
            call("/.well-known/openid-configuration"),
            call("/.well-known/dirac-metadata"),
            call("/api/meta"),
        ]);
        facts = { issuer, metadata, client: meta.features.client_id };
    } catch (failure) {
        show("none");
        tell("danger", failure.message);
        return;
    }
    // log-ins come back to the one address that the installation calls its own
    const own = new URL(facts.issuer.authorization_endpoint).origin;
    if (own !== location.origin) {
        location.replace(own + HERE);
        return;
    }
    if (returned.has("state") || returned.has("code") || returned.has("error")) {
        try {
            await comeBack(returned);
            return;
        } catch (failure) {
            forget();
            offer();
            tell("danger", failure.message);
            return;
        }
    }
    offer();
}

start();
