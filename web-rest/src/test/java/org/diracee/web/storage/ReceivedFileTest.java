/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.junit.jupiter.api.Test;

class ReceivedFileTest {

    private final List<Runnable> handedOver = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();

    @Test
    void leavesWhatTakesLongToOtherThreads() throws IOException {
        ReceivedFile file = receiving(new Upload(3));
        file.onDataAvailable();
        file.onAllDataRead();
        assertThat(happened).isEmpty();
        handedOver.forEach(Runnable::run);
        assertThat(happened).containsExactly("complete", "told true", "answered");
    }

    @Test
    void refusesOnceAndTakesNoMore() throws IOException {
        ReceivedFile file = receiving(new Upload(2));
        file.onDataAvailable();
        file.onDataAvailable();
        file.onAllDataRead();
        file.onError(new IOException("reset"));
        assertThat(happened).isEmpty();
        handedOver.forEach(Runnable::run);
        assertThat(happened).containsExactly("refused too much", "close", "answered");
    }

    @Test
    void closesWhatBrokeOff() {
        ReceivedFile file = receiving(new Upload(3));
        file.onError(new IOException("reset"));
        assertThat(happened).isEmpty();
        handedOver.forEach(Runnable::run);
        assertThat(happened).containsExactly("answered", "close");
    }

    private ReceivedFile receiving(Upload upload) {
        AsyncContext exchange = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    happened.add("answered");
                    return null;
                });
        return new ReceivedFile(
                handedOver::add,
                exchange,
                new Input(),
                upload,
                whole -> happened.add("told " + whole),
                failure -> happened.add("refused " + failure.getMessage()));
    }

    /** Takes so many bytes and no more. */
    private final class Upload implements StorageUpload {

        private final int size;

        Upload(int size) {
            this.size = size;
        }

        @Override
        public long offset() {
            return 0;
        }

        @Override
        public void accept(byte[] bytes, int from, int length) {
            if (length > size) {
                throw new IllegalStateException("too much");
            }
        }

        @Override
        public boolean complete() {
            happened.add("complete");
            return true;
        }

        @Override
        public void close() {
            happened.add("close");
        }
    }

    /** Three bytes that are there already. */
    private static final class Input extends ServletInputStream {

        private final ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[3]);

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("set already");
        }

        @Override
        public int read() {
            return bytes.read();
        }
    }
}
