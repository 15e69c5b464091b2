/**
 * The command line {@code dirac-ee}: its start, its settings and how it ends. Each group of commands has a package of its
 * own below this one.
 *
 * <p>On a terminal people are spoken to: tables with a heading, sentences, times of their zone. Otherwise programs are:
 * one line per item, fields separated by tabs, no heading, times in UTC. Messages and progress always go to standard
 * error, so that standard output holds data alone.
 */
@NullMarked
package org.diracee.cli;

import org.jspecify.annotations.NullMarked;
