/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.value.JobStatus;

/** Reads and writes the kernel's values that stand in wire records. */
final class KernelModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    KernelModule() {
        super("kernel");
        addSerializer(JobStatus.class, new StatusWriter());
        addDeserializer(JobStatus.class, new StatusReader());
    }

    private static final class StatusWriter extends StdSerializer<JobStatus> {
        private static final long serialVersionUID = 1L;

        StatusWriter() {
            super(JobStatus.class);
        }

        @Override
        public void serialize(JobStatus status, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeString(status.text());
        }
    }

    private static final class StatusReader extends StdDeserializer<JobStatus> {
        private static final long serialVersionUID = 1L;

        StatusReader() {
            super(JobStatus.class);
        }

        @Override
        public JobStatus deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (JobStatus) context.handleUnexpectedToken(JobStatus.class, json);
            }
            Optional<JobStatus> status = JobStatus.ofText(json.getText());
            return status.isPresent()
                    ? status.get()
                    : (JobStatus) context.handleWeirdStringValue(
                            JobStatus.class,
                            json.getText(),
                            Arrays.stream(JobStatus.values())
                                    .map(JobStatus::text)
                                    .collect(Collectors.joining(", ", "one of ", "")));
        }
    }
}
