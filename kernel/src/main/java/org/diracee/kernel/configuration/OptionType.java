/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * How the text of an option is read: which texts are allowed, and what they mean.
 *
 * @param <T> the value that the text stands for
 * @see "Framework reference 1.1"
 */
public final class OptionType<T> {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,15}(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");
    private static final Set<String> YES = Set.of("y", "yes", "true", "1");
    private static final Set<String> NO = Set.of("n", "no", "false", "0");
    private static final long MOST_SECONDS = Duration.ofDays(36_500).toSeconds();

    /** How formats that know more than texts write the value. */
    public enum Form {
        TEXT,
        LIST,
        NUMBER,
        YES_NO
    }

    private final Form form;
    private final String allowed;
    private final String unit;
    private final Function<String, Optional<T>> reading;

    private OptionType(Form form, String allowed, String unit, Function<String, Optional<T>> reading) {
        this.form = form;
        this.allowed = allowed;
        this.unit = unit;
        this.reading = reading;
    }

    /** The value of the text; empty if the text is not {@link #allowed}. */
    public Optional<T> parse(String text) {
        return reading.apply(text.strip());
    }

    public Form form() {
        return form;
    }

    /** The allowed texts in words, bounds included. */
    public String allowed() {
        return allowed;
    }

    /** What one stands for, as documents show it; empty for what has no unit. */
    public String unit() {
        return unit;
    }

    /** The same type, its number counted in this unit. */
    public OptionType<T> in(String newUnit) {
        return new OptionType<>(form, allowed, newUnit, reading);
    }

    /** The same texts, meaning something made of the value. */
    public <R> OptionType<R> as(Function<T, R> meaning) {
        return new OptionType<>(form, allowed, unit, text -> reading.apply(text).map(meaning));
    }

    public static OptionType<String> text() {
        return new OptionType<>(Form.TEXT, "a text", "", Optional::of);
    }

    /** The path of a file or directory. */
    public static OptionType<String> filePath() {
        return new OptionType<>(Form.TEXT, "a path of the file system", "", text -> Optional.of(text)
                .filter(path -> path.indexOf('\0') < 0));
    }

    public static OptionType<Long> wholeNumber(long least) {
        return new OptionType<>(Form.NUMBER, "a whole number, " + least + " or more", "", text -> whole(text)
                .filter(number -> number >= least));
    }

    public static OptionType<Long> wholeNumber(long least, long most) {
        return new OptionType<>(Form.NUMBER, "a whole number from " + least + " to " + most, "", text -> whole(text)
                .filter(number -> number >= least && number <= most));
    }

    /** A whole number of at least this that fits an {@code int}. */
    public static OptionType<Integer> smallNumber(int least) {
        return wholeNumber(least, Integer.MAX_VALUE).as(Math::toIntExact);
    }

    public static OptionType<Double> decimal(double least) {
        return new OptionType<>(Form.NUMBER, "a number, " + shown(least) + " or more", "", text -> decimalNumber(text)
                .filter(number -> number >= least));
    }

    public static OptionType<Double> decimal(double least, double most) {
        return new OptionType<>(
                Form.NUMBER, "a number from " + shown(least) + " to " + shown(most), "", text -> decimalNumber(text)
                        .filter(number -> number >= least && number <= most));
    }

    /** DIRAC's spellings of yes and no, in any letter case. */
    public static OptionType<Boolean> yesNo() {
        return new OptionType<>(Form.YES_NO, "yes or no (also y, true, 1; n, false, 0)", "", text -> {
            String word = text.toLowerCase(Locale.ROOT);
            return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
        });
    }

    /** A span as a number of units, to the millisecond. */
    public static OptionType<Duration> duration(ChronoUnit unit, long least) {
        long most = MOST_SECONDS / Math.max(1, unit.getDuration().toSeconds());
        return span(unit, least + " or more", least, most);
    }

    /** A span as a number of units, to the millisecond. */
    public static OptionType<Duration> duration(ChronoUnit unit, long least, long most) {
        return span(unit, least + " to " + most, least, most);
    }

    public static OptionType<Duration> seconds(long least) {
        return duration(ChronoUnit.SECONDS, least);
    }

    /** A number of bytes, given as a number of larger units. */
    public static OptionType<Long> size(String unit, long bytesPerUnit, long least) {
        return wholeNumber(least, Long.MAX_VALUE / bytesPerUnit)
                .as(number -> number * bytesPerUnit)
                .allowing("a whole number, " + least + " or more")
                .in(unit);
    }

    public static OptionType<List<String>> texts() {
        return listOf(text()).allowing("texts separated by commas");
    }

    /** Items separated by commas; blank ones do not count. */
    public static <E> OptionType<List<E>> listOf(OptionType<E> item) {
        return new OptionType<>(Form.LIST, "a list separated by commas, each item " + item.allowed, item.unit, text -> {
            List<E> items = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                    Optional<E> value = item.parse(part);
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    items.add(value.get());
                }
            }
            return Optional.of(List.copyOf(items));
        });
    }

    /** One of these words, as they are spelled. */
    public static OptionType<String> choice(String... words) {
        List<String> choices = List.of(words);
        return new OptionType<>(Form.TEXT, "one of " + String.join(", ", choices), "", text -> Optional.of(text)
                .filter(choices::contains));
    }

    /** An absolute URL with a host. */
    public static OptionType<URI> url() {
        return new OptionType<>(Form.TEXT, "a URL such as https://host.example:8443", "", text -> {
            try {
                return Optional.of(new URI(text)).filter(url -> url.isAbsolute() && url.getRawAuthority() != null);
            } catch (URISyntaxException broken) {
                return Optional.empty();
            }
        });
    }

    public static OptionType<VoName> vo() {
        return value("the name of a VO", VoName::new);
    }

    public static OptionType<GroupName> group() {
        return value("the name of a group", GroupName::new);
    }

    public static OptionType<UserName> user() {
        return value("the name of a user", UserName::new);
    }

    /** A kernel value, whose constructor refuses what it cannot be. */
    public static <V> OptionType<V> value(String allowed, Function<String, V> constructor) {
        return new OptionType<>(Form.TEXT, allowed, "", text -> {
            try {
                return Optional.of(constructor.apply(text));
            } catch (DiracException refused) {
                return Optional.empty();
            }
        });
    }

    private OptionType<T> allowing(String words) {
        return new OptionType<>(form, words, unit, reading);
    }

    private static OptionType<Duration> span(ChronoUnit unit, String bounds, long least, long most) {
        String name = unit.toString().toLowerCase(Locale.ROOT);
        long millis = unit.getDuration().toMillis();
        return new OptionType<>(
                Form.NUMBER, "a number of " + name + ", " + bounds, symbol(unit), text -> decimalNumber(text)
                        .filter(number -> number >= least && number <= most)
                        .map(number -> Duration.ofMillis(Math.round(number * millis))));
    }

    private static String symbol(ChronoUnit unit) {
        return unit == ChronoUnit.SECONDS ? "s" : unit.toString().toLowerCase(Locale.ROOT);
    }

    private static Optional<Long> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Double> decimalNumber(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
