/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads DiracX's YAML form: mappings are sections, scalars are options as they are written, lists are options whose items are
 * separated by commas. Anchors, aliases, tags, several documents and values of several lines are refused. A comment belongs to
 * what follows it in its section or stands before it in the line; one that is indented like a section that ends belongs to the
 * section's end.
 *
 * @see "DiracX reference 11"
 */
public final class YamlReader {

    /** Characters that a text may have. */
    public static final int MAX_LENGTH = CfgReader.MAX_LENGTH;

    private static final String VALUE = "a text, a number, a boolean, a list or a section of 'name: value'";

    private final Iterator<Event> events;
    private Event event;
    private List<Comment> pending = new ArrayList<>();

    /** @param column as the library counts it, from 0 */
    private record Comment(int column, String text) {}

    private YamlReader(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setCodePointLimit(MAX_LENGTH);
        events = new Yaml(options).parse(new StringReader(text)).iterator();
        event = events.next();
    }

    /** @throws ConfigurationSyntaxError if the text is no such document */
    public static ConfigurationDocument read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw ConfigurationSyntaxError.at(
                    1, 1, "a text of " + text.length() + " characters", MAX_LENGTH + " characters at most");
        }
        int refused = refused(text);
        if (refused >= 0) {
            throw refusedCharacter(text, refused);
        }
        YamlReader reader = new YamlReader(text);
        try {
            return reader.document();
        } catch (MarkedYAMLException broken) {
            throw located(broken);
        } catch (YAMLException broken) {
            throw reader.error("something after this that is no YAML", VALUE);
        }
    }

    /** Checked here because the library does not say where such a character stands. */
    private static int refused(String text) {
        int at = 0;
        for (String line : text.split("[\\r\\n]", -1)) {
            int refused =
                    ConfigurationText.refused(line.startsWith("\uFEFF") && at == 0 ? ' ' + line.substring(1) : line);
            if (refused >= 0) {
                return at + refused;
            }
            at += line.length() + 1;
        }
        return -1;
    }

    private static ConfigurationSyntaxError refusedCharacter(String text, int at) {
        String[] lines = text.substring(0, at).split("\\r\\n|[\\r\\n]", -1);
        String last = lines[lines.length - 1];
        return ConfigurationSyntaxError.at(
                lines.length,
                last.codePointCount(0, last.length()) + 1,
                ConfigurationText.character(text, at),
                ConfigurationText.ALLOWED_CHARACTERS);
    }

    private static ConfigurationSyntaxError located(MarkedYAMLException broken) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        String problem = broken.getProblem() == null ? "this is no YAML" : broken.getProblem();
        String context = broken.getContext() == null ? "" : broken.getContext() + ", ";
        return ConfigurationSyntaxError.at(
                mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, context + problem);
    }

    private ConfigurationDocument document() {
        next();
        readComments(null);
        if (event.is(Event.ID.StreamEnd)) {
            return ConfigurationDocument.of(ConfigurationSection.empty().withClosingComment(takePending()));
        }
        next(); // past the document's start
        readComments(null);
        ConfigurationSection root = root();
        readComments(null);
        next(); // past the document's end
        readComments(null);
        if (!event.is(Event.ID.StreamEnd)) {
            throw error("a second document", "one document");
        }
        return ConfigurationDocument.of(
                root.withClosingComment(ConfigurationText.joined(root.closingComment(), takePending())));
    }

    private ConfigurationSection root() {
        if (event instanceof MappingStartEvent start) {
            return section("", List.of(), start, 0);
        }
        if (event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty()) {
            expectPlain(scalar);
            next();
            return ConfigurationSection.empty();
        }
        throw error(shown(), "a section of 'name: value', or {} for none");
    }

    private ConfigurationSection section(String path, List<String> comments, MappingStartEvent start, int depth) {
        expectPlain(start);
        int column = start.getStartMark().getColumn();
        OpenSection section = new OpenSection(path, comments);
        next();
        while (true) {
            readComments(section);
            if (event.is(Event.ID.MappingEnd)) {
                List<String> closing = takePending(start.isFlow() ? 0 : column);
                next();
                return section.close(closing);
            }
            readEntry(section, column, depth + 1);
        }
    }

    private void readEntry(OpenSection section, int column, int depth) {
        Event key = event;
        String name = key(section, depth);
        List<String> comments = takePending(0);
        next();
        while (event instanceof CommentEvent comment) {
            if (comment.getCommentType() == CommentType.IN_LINE) {
                comments.add(text(comment));
            } else {
                addPending(comment);
            }
            next();
        }
        String path = section.path() + '/' + name;
        ConfigurationEntry entry;
        if (event instanceof MappingStartEvent start) {
            entry = section(path, comments, start, depth);
        } else if (event instanceof SequenceStartEvent start) {
            comments.addAll(takePending(0));
            entry = list(path, comments, start, column);
        } else {
            comments.addAll(takePending(0));
            entry = new ConfigurationOption(scalar(VALUE), OpenSection.text(comments));
            next();
        }
        section.put(name, entry, key.getStartMark().getLine() + 1);
    }

    private String key(OpenSection section, int depth) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw error(shown(), "a name and ':'");
        }
        expectPlain(scalar);
        String name = scalar.getValue();
        if (isNull(scalar) || scalar.isPlain() && name.equals("<<")) {
            throw error("'" + name + "' as a name", "a name; one like this is written in quotes");
        }
        ConfigurationText.nameProblem(name).ifPresent(found -> {
            throw error(found, ConfigurationText.ALLOWED_NAME);
        });
        Integer first = section.lineOf(name);
        if (first != null) {
            throw error(
                    "a second " + ConfigurationText.shown(name) + " in "
                            + (section.path().isEmpty() ? "/" : section.path()),
                    "one: the first is in line " + first);
        }
        if (depth > ConfigurationPath.MAX_DEPTH) {
            throw error("one more level", "sections nested " + ConfigurationPath.MAX_DEPTH + " deep at most");
        }
        return name;
    }

    private ConfigurationOption list(String path, List<String> comments, SequenceStartEvent start, int column) {
        expectPlain(start);
        List<String> items = new ArrayList<>();
        next();
        while (!event.is(Event.ID.SequenceEnd)) {
            if (event instanceof CommentEvent comment) {
                addPending(comment);
            } else {
                comments.addAll(takePending(0));
                items.add(item(path));
            }
            next();
        }
        comments.addAll(takePending(start.isFlow() ? 0 : column + 1));
        next();
        return new ConfigurationOption(String.join(", ", items), OpenSection.text(comments));
    }

    private String item(String path) {
        String item = scalar("a text, a number or a boolean in the list " + path);
        if (item.isEmpty()) {
            throw error("an empty item in the list " + path, "an item of at least one character");
        }
        if (item.indexOf(',') >= 0) {
            throw error(
                    "the item " + ConfigurationText.shown(item) + " with a comma in the list " + path,
                    "an item without commas, which separate items");
        }
        return item;
    }

    private String scalar(String allowed) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw error(shown(), allowed);
        }
        expectPlain(scalar);
        if (isNull(scalar)) {
            throw error("no value", allowed + "; '' is an empty text and {} an empty section");
        }
        String value = scalar.getValue().strip();
        if (value.indexOf('\n') >= 0) {
            throw error("a text of several lines", "a text in one line");
        }
        int refused = ConfigurationText.refused(value);
        if (refused >= 0) {
            throw error(
                    ConfigurationText.character(value, refused) + " in a value", ConfigurationText.ALLOWED_CHARACTERS);
        }
        return value;
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.isPlain()
                && switch (scalar.getValue()) {
                    case "", "~", "null", "Null", "NULL" -> true;
                    default -> false;
                };
    }

    private void expectPlain(NodeEvent node) {
        if (node.getAnchor() != null) {
            throw error("the anchor '&" + node.getAnchor() + "'", "a value without anchor");
        }
        String tag = node instanceof ScalarEvent scalar
                ? scalar.getTag()
                : node instanceof MappingStartEvent mapping
                        ? mapping.getTag()
                        : node instanceof SequenceStartEvent sequence ? sequence.getTag() : null;
        if (tag != null) {
            throw error("the tag '" + tag + "'", "a value without tag");
        }
    }

    /** Reads comments before the next entry; one in the line of the last entry goes to that. */
    private void readComments(@Nullable OpenSection section) {
        while (event instanceof CommentEvent comment) {
            ConfigurationEntry last = section == null ? null : section.lastEntry();
            if (section != null && last != null && comment.getCommentType() == CommentType.IN_LINE) {
                section.replaceLast(last.withComment(ConfigurationText.joined(last.comment(), text(comment))));
            } else {
                addPending(comment);
            }
            next();
        }
    }

    private void addPending(CommentEvent comment) {
        if (comment.getCommentType() != CommentType.BLANK_LINE) {
            pending.add(new Comment(comment.getStartMark().getColumn(), text(comment)));
        }
    }

    private static String text(CommentEvent comment) {
        String text = comment.getValue();
        return (text.startsWith(" ") ? text.substring(1) : text).stripTrailing();
    }

    private String takePending() {
        return OpenSection.text(takePending(0));
    }

    /** Takes the comments before the first one that stands left of the column. */
    private List<String> takePending(int column) {
        List<String> taken = new ArrayList<>();
        int count = 0;
        while (count < pending.size() && pending.get(count).column() >= column) {
            taken.add(pending.get(count).text());
            count++;
        }
        pending = new ArrayList<>(pending.subList(count, pending.size()));
        return taken;
    }

    private void next() {
        event = events.next();
    }

    private String shown() {
        if (event instanceof AliasEvent alias) {
            return "the alias '*" + alias.getAnchor() + "'";
        }
        if (event instanceof MappingStartEvent) {
            return "a section";
        }
        return event instanceof SequenceStartEvent
                ? "a list"
                : event instanceof ScalarEvent scalar ? ConfigurationText.shown(scalar.getValue()) : "nothing";
    }

    private ConfigurationSyntaxError error(String found, String allowed) {
        Mark mark = event.getStartMark();
        return ConfigurationSyntaxError.at(mark.getLine() + 1, mark.getColumn() + 1, found, allowed);
    }
}
