/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log-in by the OAuth2 device flow: begun by a device, approved or refused once by a person who reads the user code,
 * ended when the device exchanges its secret device code for tokens.
 *
 * @see "RFC 8628"
 */
@Entity
@Table(name = "device_flow")
public class DeviceFlow {

    @Id
    @Column(name = "user_code")
    private String userCode;

    @Column(name = "device_code_hash", nullable = false)
    private byte[] deviceCodeHash;

    @Column(name = "client_id", nullable = false)
    private String clientId;

    @Column(nullable = false)
    private String scope;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private DeviceFlowStatus status;

    @Column(nullable = false)
    private String vo;

    private @Nullable String subject;

    private @Nullable String reason;

    @Column(nullable = false)
    private Instant created;

    @Column(nullable = false)
    private Instant expires;

    protected DeviceFlow() {} // for JPA

    private DeviceFlow(
            String userCode, byte[] deviceCodeHash, String clientId, String scope, String vo, Instant created) {
        this.userCode = userCode;
        this.deviceCodeHash = deviceCodeHash.clone();
        this.clientId = clientId;
        this.scope = scope;
        this.vo = vo;
        this.status = DeviceFlowStatus.PENDING;
        this.created = created;
        this.expires = created;
    }

    /** A log-in that waits for a person until {@code expires}. */
    public static DeviceFlow begun(
            String userCode,
            byte[] deviceCodeHash,
            String clientId,
            String vo,
            String scope,
            Instant now,
            Instant expires) {
        DeviceFlow flow = new DeviceFlow(userCode, deviceCodeHash, clientId, scope, vo, now);
        flow.expires = expires;
        return flow;
    }

    /** Approves in the name of this person. */
    public void approve(String approver) {
        decide(DeviceFlowStatus.APPROVED);
        this.subject = approver;
    }

    /** @param why empty if the person did not want it */
    public void refuse(Optional<String> why) {
        decide(DeviceFlowStatus.REFUSED);
        reason = why.orElse(null);
    }

    /** The device has its tokens. */
    public void finish() {
        if (status != DeviceFlowStatus.APPROVED) {
            throw new IllegalStateException("a log-in that is " + status + " cannot be finished");
        }
        status = DeviceFlowStatus.DONE;
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expires);
    }

    public String userCode() {
        return userCode;
    }

    public String clientId() {
        return clientId;
    }

    public String scope() {
        return scope;
    }

    public DeviceFlowStatus status() {
        return status;
    }

    public String vo() {
        return vo;
    }

    /** Who approved. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** Why it was refused, if not by the person. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    public Instant expires() {
        return expires;
    }

    private void decide(DeviceFlowStatus decision) {
        if (status != DeviceFlowStatus.PENDING) {
            throw new IllegalStateException("a log-in that is " + status + " is decided already");
        }
        status = decision;
    }
}
