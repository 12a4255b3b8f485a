/** A Spring application whose people sign in with Mintmark. */
@NullMarked
package dev.mintmark.auth.bank;

import org.jspecify.annotations.NullMarked;
