/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes values at random from a seed, the odd ones more often than nature would. */
final class RandomJdl {

    private static final String[] PIECES = {
        "a", "Z", "9", " ", "\"", "\\", "\\n", "\n", "\t", "\r", "\b", "\f", "\u0001", "\u001B", "\u007F", "\u0085",
        "%s", "//", "/*", "*/", "#", ";", "{", "]", "é", "😀", "\u2028", "0", "7"
    };
    private static final long[] LONGS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40};
    private static final double[] DOUBLES = {
        0.0, -0.0, 1.0, Double.MIN_VALUE, -Double.MAX_VALUE, 1e7, 1e-3, 123456789.125
    };

    private final Random random;

    RandomJdl(long seed) {
        random = new Random(seed);
    }

    JdlRecord record(int depth) {
        JdlRecord.Builder record = JdlRecord.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            record.put(name(), value(depth - 1));
        }
        return record.build();
    }

    JdlValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 6)) {
            case 0, 1 -> new JdlText(text());
            case 2 -> new JdlInteger(random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)]);
            case 3 -> new JdlReal(real());
            case 4 -> new JdlBoolean(random.nextBoolean());
            case 5 -> new JdlInteger(random.nextInt(100));
            case 6, 7 -> record(depth);
            default -> list(depth);
        };
    }

    private JdlList list(int depth) {
        List<JdlValue> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(value(depth - 1));
        }
        return JdlList.of(items);
    }

    private double real() {
        double any = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() && Double.isFinite(any) ? any : DOUBLES[random.nextInt(DOUBLES.length)];
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private String name() {
        String name = "" + "AbcD_xyz".charAt(random.nextInt(8)) + random.nextInt(50);
        return random.nextInt(4) == 0 ? name + "." + random.nextInt(9) + "part" : name;
    }
}
