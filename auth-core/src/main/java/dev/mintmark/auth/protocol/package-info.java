/**
 * The nouns of the protocol: immutable values in the words of the RFCs, with no I/O and no behaviour beyond their own grammar.
 */
@NullMarked
package dev.mintmark.auth.protocol;

import org.jspecify.annotations.NullMarked;
