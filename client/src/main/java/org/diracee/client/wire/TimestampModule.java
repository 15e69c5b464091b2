/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import org.diracee.kernel.value.InvalidValue;

/** Reads and writes instants as {@link Timestamps}, as values and as keys. */
final class TimestampModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    TimestampModule() {
        super("timestamps");
        addSerializer(Instant.class, new Writer());
        addDeserializer(Instant.class, new Reader());
        addKeyDeserializer(Instant.class, new KeyReader());
    }

    private static final class Writer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeString(Timestamps.text(instant));
        }
    }

    private static final class Reader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (Instant) context.handleUnexpectedToken(Instant.class, json);
            }
            try {
                return Timestamps.parse(json.getText());
            } catch (InvalidValue wrong) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "%s", wrong.detail());
            }
        }
    }

    private static final class KeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return Timestamps.parse(key);
        }
    }
}
