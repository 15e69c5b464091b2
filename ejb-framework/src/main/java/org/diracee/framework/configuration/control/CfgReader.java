/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads DIRAC's {@code .cfg} files. A {@code #} begins a comment wherever it stands; a comment belongs to the entry that
 * follows it or that stands before it in the line, else to the end of the section. Of several {@code =} in a line the first one
 * counts. Every name is given once in a section; {@code +=} appends to a value that exists.
 *
 * @see "Framework reference 1.1"
 */
public final class CfgReader {

    /** Characters that a text may have. */
    public static final int MAX_LENGTH = 32 * 1024 * 1024;

    private static final String ENTRY = "an option 'Name = value' or a section 'Name {'";

    private final String text;
    private final Deque<OpenSection> open = new ArrayDeque<>();
    private final Deque<Integer> openedAt = new ArrayDeque<>();
    private List<String> comments = new ArrayList<>();

    /** The name of a section whose brace is to come. */
    private @Nullable String waiting;

    private int waitingLine;
    private int waitingColumn;

    private int line;
    private String content = "";
    private int codeEnd;
    private List<String> lineComment = List.of();

    private CfgReader(String text) {
        this.text = text;
    }

    /** @throws ConfigurationSyntaxError if the text is no such file */
    public static ConfigurationDocument read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw ConfigurationSyntaxError.at(
                    1, 1, "a text of " + text.length() + " characters", MAX_LENGTH + " characters at most");
        }
        return new CfgReader(text).read();
    }

    private ConfigurationDocument read() {
        open.push(new OpenSection("", List.of()));
        int at = text.startsWith("\uFEFF") ? 1 : 0; // the mark that some editors put before UTF-8
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            line++;
            readLine(text.substring(at, end));
            at = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        if (waiting != null) {
            throw ConfigurationSyntaxError.at(
                    waitingLine,
                    waitingColumn,
                    "the name " + ConfigurationText.shown(waiting) + " alone",
                    "'=' and a value, or '{' in this or the next line");
        }
        if (open.size() > 1) {
            throw ConfigurationSyntaxError.at(
                    line,
                    content.codePointCount(0, content.length()) + 1,
                    "the end of the text",
                    "'}' for the section " + open.peek().path() + " of line " + openedAt.peek());
        }
        return ConfigurationDocument.of(open.pop().close(comments));
    }

    private void readLine(String newLine) {
        content = newLine;
        int refused = ConfigurationText.refused(content);
        if (refused >= 0) {
            throw error(refused, ConfigurationText.character(content, refused), ConfigurationText.ALLOWED_CHARACTERS);
        }
        int hash = content.indexOf('#');
        codeEnd = hash < 0 ? content.length() : hash;
        lineComment = hash < 0 ? List.of() : List.of(commentText(content.substring(hash + 1)));
        int at = skipBlanks(0);
        while (at < codeEnd) {
            at = skipBlanks(readPart(at));
        }
        comments.addAll(takeLineComment());
    }

    /** Reads up to and with the next brace, or to the end of the line; returns where it stopped. */
    private int readPart(int from) {
        int mark = from;
        while (mark < codeEnd && "{}=".indexOf(content.charAt(mark)) < 0) {
            mark++;
        }
        if (mark == codeEnd) {
            expectNoneWaiting(from);
            waiting = name(from, mark);
            waitingLine = line;
            waitingColumn = column(from);
            return codeEnd;
        }
        switch (content.charAt(mark)) {
            case '=' -> {
                readOption(from, mark);
                return codeEnd;
            }
            case '{' -> openSection(from, mark);
            default -> closeSection(from, mark);
        }
        return mark + 1;
    }

    private void readOption(int from, int equals) {
        boolean appends = equals > from && content.charAt(equals - 1) == '+';
        expectNoneWaiting(from);
        expectDepth(from);
        String name = name(from, appends ? equals - 1 : equals);
        String value = content.substring(equals + 1, codeEnd);
        comments.addAll(takeLineComment());
        ConfigurationOption option = new ConfigurationOption(value, takeComments());
        OpenSection section = here();
        if (appends && section.entry(name) instanceof ConfigurationOption known) {
            section.append(name, known, option);
        } else {
            expectFree(name, from);
            section.put(name, option, line);
        }
    }

    private void openSection(int from, int brace) {
        String name = waiting;
        int nameLine = waitingLine;
        if (from < brace) {
            expectNoneWaiting(from);
            name = name(from, brace);
            nameLine = line;
            expectFree(name, from);
        } else if (name == null) {
            throw error(brace, "'{' without a name", "the name of a section before it");
        } else if (here().lineOf(name) != null) {
            throw duplicate(name, waitingLine, waitingColumn);
        }
        expectDepth(brace);
        openedAt.push(nameLine);
        open.push(new OpenSection(here().path() + '/' + name, comments));
        comments = new ArrayList<>();
        waiting = null;
        if (skipBlanks(brace + 1) == codeEnd) {
            here().comment(takeLineComment());
        }
    }

    private void closeSection(int from, int brace) {
        expectNoneWaiting(brace);
        if (from < brace) {
            throw error(brace, "'}' after " + shown(from, brace), "'=' or '{' after a name");
        }
        if (open.size() == 1) {
            throw error(brace, "'}'", ENTRY + ": no section is open");
        }
        if (skipBlanks(brace + 1) == codeEnd) {
            comments.addAll(takeLineComment());
        }
        OpenSection ended = open.pop();
        ConfigurationSection section = ended.close(comments);
        comments = new ArrayList<>();
        String name = ended.path().substring(ended.path().lastIndexOf('/') + 1);
        here().put(name, section, openedAt.pop());
    }

    private void expectDepth(int at) {
        if (open.size() > ConfigurationPath.MAX_DEPTH) {
            throw error(at, "one more level", "sections nested " + ConfigurationPath.MAX_DEPTH + " deep at most");
        }
    }

    private OpenSection here() {
        return open.element();
    }

    private String name(int from, int to) {
        String name = content.substring(from, to).strip();
        if (name.isEmpty()) {
            throw error(from, shown(from, codeEnd), ENTRY);
        }
        ConfigurationText.nameProblem(name).ifPresent(found -> {
            throw error(from, found, ConfigurationText.ALLOWED_NAME);
        });
        return name;
    }

    private void expectFree(String name, int from) {
        if (here().lineOf(name) != null) {
            throw duplicate(name, line, column(from));
        }
    }

    private ConfigurationSyntaxError duplicate(String name, int atLine, int atColumn) {
        return ConfigurationSyntaxError.at(
                atLine,
                atColumn,
                "a second " + ConfigurationText.shown(name) + " in " + (open.size() == 1 ? "/" : here().path()),
                "one: the first is in line " + here().lineOf(name));
    }

    private void expectNoneWaiting(int from) {
        String name = waiting;
        if (name != null) {
            throw error(
                    from,
                    shown(from, codeEnd),
                    "'{' after the name " + ConfigurationText.shown(name) + " of line " + waitingLine
                            + ", which has no '='");
        }
    }

    private String takeComments() {
        String taken = OpenSection.text(comments);
        comments = new ArrayList<>();
        return taken;
    }

    private List<String> takeLineComment() {
        List<String> taken = lineComment;
        lineComment = List.of();
        return taken;
    }

    private static String commentText(String afterHash) {
        return (afterHash.startsWith(" ") ? afterHash.substring(1) : afterHash).stripTrailing();
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < codeEnd && Character.isWhitespace(content.charAt(at))) {
            at++;
        }
        return at;
    }

    private String shown(int from, int to) {
        return ConfigurationText.shown(content.substring(from, to).strip());
    }

    private int column(int at) {
        return content.codePointCount(0, at) + 1;
    }

    private ConfigurationSyntaxError error(int at, String found, String allowed) {
        return ConfigurationSyntaxError.at(line, column(at), found, allowed);
    }
}
