/**
 * The people: how they are recognised, by a password and by a second factor, how often one may guess, and what of a scope is
 * theirs.
 */
@NullMarked
package dev.mintmark.auth.user;

import org.jspecify.annotations.NullMarked;
