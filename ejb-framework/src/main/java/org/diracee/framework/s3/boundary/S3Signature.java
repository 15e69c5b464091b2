/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.s3.boundary;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests, links and forms for S3 with one key, at one moment.
 *
 * @see "Amazon S3 API reference: Authenticating Requests, AWS Signature Version 4"
 */
public final class S3Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private final String region;
    private final String keyName;
    private final String secret;
    private final String time;

    public S3Signature(String region, String keyName, String secret, Instant at) {
        this.region = region;
        this.keyName = keyName;
        this.secret = secret;
        this.time = TIME.format(at);
    }

    /** The address of a request: path segments must be encoded already, the query is encoded here as it is signed. */
    public static URI address(URI path, SortedMap<String, String> query) {
        return query.isEmpty() ? path : URI.create(path + "?" + query(query));
    }

    /** The headers of a request with all that it needs to be believed, {@code host} left out, which the HTTP client writes. */
    public Map<String, String> headers(
            String method, URI path, SortedMap<String, String> query, Map<String, String> more, byte[] body) {
        return headers(method, path, query, more, hex(sha256(body)));
    }

    /** The same for a request whose body is not known yet; only for https, as nothing else guards it then. */
    public Map<String, String> headersOfStream(
            String method, URI path, SortedMap<String, String> query, Map<String, String> more) {
        return headers(method, path, query, more, UNSIGNED);
    }

    private Map<String, String> headers(
            String method, URI path, SortedMap<String, String> query, Map<String, String> more, String contentHash) {
        SortedMap<String, String> signed = new TreeMap<>(more);
        signed.put("host", path.getRawAuthority());
        signed.put("x-amz-content-sha256", contentHash);
        signed.put("x-amz-date", time);
        String signature = signature(method, path, query(query), signed, contentHash);
        Map<String, String> headers = new LinkedHashMap<>(signed);
        headers.remove("host");
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credential() + ",SignedHeaders=" + String.join(";", signed.keySet())
                        + ",Signature=" + signature);
        return headers;
    }

    /** A link that is good for a while. */
    public URI link(String method, URI path, Duration life) {
        return link(method, path, life, Map.of());
    }

    /** The same, if the request has these headers, too, whose names are in small letters. */
    public URI link(String method, URI path, Duration life, Map<String, String> headers) {
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", path.getRawAuthority());
        SortedMap<String, String> query = new TreeMap<>();
        query.put("X-Amz-Algorithm", ALGORITHM);
        query.put("X-Amz-Credential", credential());
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", Long.toString(life.toSeconds()));
        query.put("X-Amz-SignedHeaders", String.join(";", signed.keySet()));
        String signature = signature(method, path, query(query), signed, UNSIGNED);
        return URI.create(path + "?" + query(query) + "&X-Amz-Signature=" + signature);
    }

    /** What a form says of its signature and a policy must allow. */
    public Map<String, String> formFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("x-amz-algorithm", ALGORITHM);
        fields.put("x-amz-credential", credential());
        fields.put("x-amz-date", time);
        return fields;
    }

    /** The signature of a form's policy, which is in base64 already. */
    public String ofPolicy(String policy) {
        return hex(hmac(signingKey(), policy));
    }

    private String signature(
            String method, URI path, String query, SortedMap<String, String> headers, String contentHash) {
        String request = method + "\n"
                + (path.getRawPath().isEmpty() ? "/" : path.getRawPath()) + "\n"
                + query + "\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + String.join(";", headers.keySet()) + "\n" + contentHash;
        return hex(hmac(
                signingKey(),
                String.join("\n", ALGORITHM, time, scope(), hex(sha256(request.getBytes(StandardCharsets.UTF_8))))));
    }

    private String credential() {
        return keyName + "/" + scope();
    }

    private String scope() {
        return date() + "/" + region + "/s3/aws4_request";
    }

    private String date() {
        return time.substring(0, DATE_LENGTH);
    }

    private byte[] signingKey() {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {date(), region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** As RFC 3986 has it, with all but letters, digits and {@code -_.~} written as bytes. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no " + HMAC, impossible);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
