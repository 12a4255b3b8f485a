/**
 * The verbs: what a grant is asked, what it decides, and one file for each grant. A grant reads and decides; the engine mints
 * and writes.
 */
@NullMarked
package dev.mintmark.auth.grant;

import org.jspecify.annotations.NullMarked;
