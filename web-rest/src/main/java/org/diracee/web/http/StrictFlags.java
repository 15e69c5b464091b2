/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** Reads flags in a query; by themselves JAX-RS takes every word that it does not know for false. */
@Provider
public class StrictFlags implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked") // the type is Boolean, as checked
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return type == boolean.class || type == Boolean.class ? (ParamConverter<T>) new Flag() : null;
    }

    private static final class Flag implements ParamConverter<Boolean> {

        @Override
        public Boolean fromString(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1", "yes", "on" -> true;
                case "false", "0", "no", "off" -> false;
                default -> throw new MalformedRequest("'" + text + "' is no flag: allowed are true and false");
            };
        }

        @Override
        public String toString(Boolean flag) {
            return flag.toString();
        }
    }
}
