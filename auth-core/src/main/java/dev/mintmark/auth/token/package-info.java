/**
 * The coins: which tokens an answer holds, in which format, for how long, for whom, with which claims.
 */
@NullMarked
package dev.mintmark.auth.token;

import org.jspecify.annotations.NullMarked;
